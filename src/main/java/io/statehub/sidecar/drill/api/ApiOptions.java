package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.observation.SystemIdentifier;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How an API drill is to be run.
 *
 * @param id of this drill: 16 hexadecimal digits, of its own
 * @param version of this program
 * @param process which process of which machine runs it
 * @param cluster whose API it is
 * @param rate requests a second to each of the two paths, from 1
 * @param allowed how long it may take until all is whole again
 * @param deadline from the trigger on; longer than what is allowed
 * @param evidence the folder of evidence
 * @param anyway whether it begins though the API is not sound
 */
public record ApiOptions(
        String id,
        String version,
        String process,
        SystemIdentifier cluster,
        int rate,
        Duration allowed,
        Duration deadline,
        Path evidence,
        boolean anyway) {}

package io.statehub.sidecar.drill.failover;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a failover drill is to be run.
 *
 * @param id of this drill: 16 hexadecimal digits, of its own
 * @param version of this program
 * @param process which process of which machine runs it
 * @param rate writes a second, from 1
 * @param deadline from the trigger on
 * @param evidence the folder of evidence
 * @param anyway whether it begins on a cluster that is not sound
 */
public record FailoverOptions(
        String id, String version, String process, int rate, Duration deadline, Path evidence, boolean anyway) {}

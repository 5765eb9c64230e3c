package io.statehub.sidecar.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How any drill that causes a fault is to be run.
 *
 * @param id of this drill: 16 hexadecimal digits, of its own
 * @param version of this program
 * @param process which process of which machine runs it
 * @param rate of writes, or of requests to each path, a second, from 1
 * @param deadline from the trigger on
 * @param evidence the folder of evidence
 * @param anyway whether it begins though not all is sound
 */
public record RunOptions(
        String id, String version, String process, int rate, Duration deadline, Path evidence, boolean anyway) {

    /** Where the ledger is until the report is filed. */
    public Path ledger(String kind) {
        return DrillProcess.ledgers(evidence).resolve(kind + "-" + id + ".ledger");
    }

    /** What a plan says of every drill, by name. */
    public Map<String, String> places(String kind) {
        Map<String, String> places = new TreeMap<>();
        places.put("evidence", evidence.toString());
        places.put("ledger", ledger(kind).toString());
        places.put("version", version);
        places.put(DrillProcess.KEY, process);
        return places;
    }
}

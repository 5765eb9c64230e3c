package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.Timeline;
import java.util.Optional;

/**
 * The file in which a server notes how its timeline came to be: one line for each that came before, the oldest first.
 */
final class TimelineHistory {

    private static final int LEAST_FIELDS = 2;

    private TimelineHistory() {}

    /** Its path in the data directory. */
    static String path(Timeline timeline) {
        return "pg_wal/%08X.history".formatted(timeline.number());
    }

    /** Where the timeline left the one before, from the text of its file; empty if that isn't told. */
    static Optional<Lsn> fork(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .reduce((earlier, later) -> later)
                .flatMap(TimelineHistory::position);
    }

    private static Optional<Lsn> position(String line) {
        String[] fields = line.split("\\s+", LEAST_FIELDS + 1);
        if (fields.length < LEAST_FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(Lsn.parse(fields[1]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

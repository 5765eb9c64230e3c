package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.probe.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads where a primary's timeline left the one before, from the last line of its history file. That takes the right to call
 * {@code pg_read_file}, which {@code pg_monitor} lacks; without it nothing is known. Asked once for each timeline of each run.
 */
final class ForkReader {

    private static final String MAY_READ =
            "SELECT has_function_privilege('pg_read_file(text,bigint,bigint,boolean)', 'EXECUTE')";

    /** A line has some 60 bytes, so this is a thousand failovers. */
    private static final int MOST_BYTES = 65_536;

    private record Asked(Instant postmasterStart, Timeline timeline) {}

    private Optional<Asked> asked = Optional.empty();
    private Optional<Lsn> fork = Optional.empty();

    Optional<Lsn> fork(HeldConnection held, ServerIdentity primary, Deadline deadline) throws SQLException {
        Optional<Asked> now = primary.timeline()
                .filter(timeline -> timeline.number() > 1)
                .map(timeline -> new Asked(primary.postmasterStart(), timeline));
        if (now.isEmpty()) {
            return Optional.empty();
        }
        if (!now.equals(asked)) {
            fork = read(held.within(deadline), now.get().timeline());
            asked = now;
        }
        return fork;
    }

    private static Optional<Lsn> read(Connection connection, Timeline timeline) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Rights are checked before a CASE is, hence two statements.
            try (ResultSet rows = statement.executeQuery(MAY_READ)) {
                rows.next();
                if (!rows.getBoolean(1)) {
                    return Optional.empty();
                }
            }
            String file = "pg_wal/%08X.history".formatted(timeline.number());
            try (ResultSet rows =
                    statement.executeQuery("SELECT pg_read_file('" + file + "', 0, " + MOST_BYTES + ", true)")) {
                rows.next();
                return Optional.ofNullable(rows.getString(1)).flatMap(ForkReader::lastFork);
            }
        }
    }

    /** The last line that is no comment: parent timeline, position, reason. */
    static Optional<Lsn> lastFork(String history) {
        return history.lines()
                .map(line -> line.strip().split("\\s+", 3))
                .filter(words -> words.length >= 2 && !words[0].startsWith("#"))
                .reduce((earlier, later) -> later)
                .map(words -> Lsn.parse(words[1]));
    }
}

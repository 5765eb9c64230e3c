package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.probe.Deadline;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Reads our writer's newest beat on a member; a member without the tables, or that doesn't let us, has none to tell. */
final class BeatReader {

    /** No such schema, no such table, no right to it. */
    private static final Set<String> NOTHING_THERE = Set.of("3F000", "42P01", "42501");

    private final Optional<BeatStatements> statements;

    /** @param statements empty if no heartbeats are written */
    BeatReader(Optional<BeatStatements> statements) {
        this.statements = statements;
    }

    Optional<Beat> newest(HeldConnection held, Deadline deadline) throws SQLException {
        if (statements.isEmpty()) {
            return Optional.empty();
        }
        try {
            return statements.get().newest(held.within(deadline));
        } catch (SQLException e) {
            if (NOTHING_THERE.contains(String.valueOf(e.getSQLState()))) {
                return Optional.empty();
            }
            held.drop();
            throw e;
        }
    }
}

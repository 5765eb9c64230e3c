package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.time.Moment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Finds what keeps us from writing heartbeats to a server, before anything is written there. To look may take as
 * long as dozens of beats, since a new session has nothing of the catalogue in memory: what was sound counts for a
 * minute, on the same run of the same server, as long as no beat was refused.
 */
final class SchemaCheck {

    private static final Duration SOUND_FOR = Duration.ofMinutes(1);

    /** A schema that nothing was wrong with. */
    private record Sound(ServerIdentity server, Moment at) {}

    private final String schema;
    private @Nullable Sound sound;

    SchemaCheck(String schema) {
        this.schema = schema;
    }

    /** What is missing on a server; empty if heartbeats can be written. */
    Optional<Failure> obstacle(ServerIdentity server, HeldConnection connection, Deadline deadline)
            throws SQLException {
        Sound last = sound;
        if (last != null
                && last.server().isSameRunAs(server)
                && deadline.now().since(last.at()).compareTo(SOUND_FOR) < 0) {
            return Optional.empty();
        }
        Optional<Failure> found = looked(connection, deadline);
        sound = found.isEmpty() ? new Sound(server, deadline.now()) : null;
        return found;
    }

    /** A beat was refused: the next one looks again. */
    void doubt() {
        sound = null;
    }

    private Optional<Failure> looked(HeldConnection connection, Deadline deadline) throws SQLException {
        SchemaQuestion.Answer found = connection.ask(new SchemaQuestion(schema), deadline);
        if (!found.present() || (found.usable() && !found.versioned())) {
            return Optional.of(missing(found.present() ? "schema_version" : "", found.database()));
        }
        if (!found.usable() || !found.readable()) {
            return Optional.of(denied(found.role(), "read"));
        }
        OptionalInt version = connection.ask(new SchemaVersionQuestion(schema), deadline);
        if (version.isEmpty() || version.getAsInt() != HeartbeatSchema.VERSION) {
            return Optional.of(otherVersion(schema, version));
        }
        if (found.tables() < SchemaQuestion.Answer.ALL_TABLES) {
            return Optional.of(missing("writer or beat", found.database()));
        }
        return found.writable() ? Optional.empty() : Optional.of(denied(found.role(), "write"));
    }

    private Failure missing(String table, String database) {
        return new Failure(
                FailureKind.NO_SUCH_SCHEMA,
                (table.isEmpty() ? "there is no schema " + schema : "schema " + schema + " has no table " + table)
                        + " in database " + database
                        + ": run the command migrate or heartbeat.sql, or set statehub.heartbeat.enabled to false");
    }

    private Failure denied(String role, String what) {
        return new Failure(
                FailureKind.PERMISSION_DENIED,
                "role " + role + " may not " + what + " the tables of schema " + schema
                        + ": grant it what heartbeat.sql grants");
    }

    static Failure otherVersion(String schema, OptionalInt version) {
        return new Failure(
                FailureKind.SCHEMA_VERSION,
                "schema " + schema + " is of "
                        + (version.isPresent() ? "version " + version.getAsInt() : "no version")
                        + ", this release needs version " + HeartbeatSchema.VERSION);
    }
}

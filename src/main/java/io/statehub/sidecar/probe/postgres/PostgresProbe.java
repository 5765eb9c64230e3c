package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.postgres.Password.UnreadablePasswordException;
import io.statehub.sidecar.time.Moment;
import java.sql.SQLException;
import java.time.Duration;

/** What every probe of a PostgreSQL server shares: one connection, and faults turned into observations. */
abstract class PostgresProbe implements Probe {

    private final HeldConnection connection;

    PostgresProbe(HeldConnection connection) {
        this.connection = connection;
    }

    @Override
    public final Observation observe(Deadline deadline) {
        try {
            return ask(connection, deadline);
        } catch (SQLException e) {
            return failed(deadline.now(), deadline.elapsed(), failure(e));
        } catch (UnreadablePasswordException e) {
            Failure failure = new Failure(FailureKind.CREDENTIAL_UNREADABLE, String.valueOf(e.getMessage()));
            return failed(deadline.now(), deadline.elapsed(), failure);
        }
    }

    @Override
    public Observation unanswered(Moment at, Duration waited, FailureKind kind) {
        return failed(at, waited, new Failure(kind, "no answer for " + waited.toMillis() + " ms"));
    }

    @Override
    public final void close() {
        connection.close();
    }

    abstract Observation ask(HeldConnection connection, Deadline deadline) throws SQLException;

    /** What the fault is to this probe, where it knows better than its SQLSTATE. */
    Failure failure(SQLException thrown) {
        return SqlFailures.of(thrown);
    }

    abstract Observation failed(Moment at, Duration took, Failure failure);
}

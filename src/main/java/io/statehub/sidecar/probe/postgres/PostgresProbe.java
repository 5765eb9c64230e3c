package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Causes;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.postgres.Password.UnreadablePasswordException;
import io.statehub.sidecar.time.Moment;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** What every probe of a PostgreSQL server shares: one session, and faults turned into observations. */
abstract class PostgresProbe implements Probe {

    static final IdentityQuestion IDENTITY = new IdentityQuestion();

    private final HeldConnection connection;

    PostgresProbe(HeldConnection connection) {
        this.connection = connection;
    }

    @Override
    public final Observation observe(Deadline deadline) {
        try {
            return observed(deadline);
        } catch (SQLException e) {
            return failed(deadline.now(), deadline.elapsed(), failure(e));
        } catch (UnreadablePasswordException e) {
            Failure failure = new Failure(FailureKind.CREDENTIAL_UNREADABLE, String.valueOf(e.getMessage()));
            return failed(deadline.now(), deadline.elapsed(), failure);
        } catch (StackOverflowError | AssertionError | LinkageError e) {
            if (Causes.find(e, IOException.class).isPresent()) {
                // A class of ours could not be read: no later probe is any better.
                throw e;
            }
            // What a server can bring the driver to; the session is gone, and the next probe is as good as any.
            Failure failure = new Failure(FailureKind.UNEXPECTED, "the driver stumbled over what the server sent");
            return failed(deadline.now(), deadline.elapsed(), failure);
        }
    }

    /**
     * That a session which we had kept was ended says nothing of the server: only a new one shows whether it takes
     * sessions.
     */
    private Observation observed(Deadline deadline) throws SQLException {
        try {
            return ask(connection, deadline);
        } catch (SQLException e) {
            if (!connection.isKept(deadline) || !SqlFailures.endsSession(e) || deadline.expired()) {
                throw e;
            }
            try {
                return ask(connection, deadline);
            } catch (SQLException again) {
                throw SqlFailures.moreTelling(e, again);
            }
        }
    }

    /**
     * What a fault is after which nothing may be tried again: that of the server if it takes no new session either, and
     * otherwise the end of our session alone.
     */
    final Failure explained(SQLException thrown, Deadline deadline) {
        if (!connection.isKept(deadline) || !SqlFailures.endsSession(thrown) || deadline.expired()) {
            return failure(thrown);
        }
        try {
            // Whoever answers now shows whether more has ended than our session.
            connection.isWith(connection.ask(IDENTITY, deadline).identity());
            return new Failure(FailureKind.SESSION_ENDED, failure(thrown).detail());
        } catch (SQLException again) {
            return failure(SqlFailures.moreTelling(thrown, again));
        } catch (UnreadablePasswordException e) {
            return failure(thrown);
        }
    }

    /** The same, with what a server said in this probe to end a session of ours. */
    final Failure heard(Failure failure) {
        return failure.after(connection.farewell());
    }

    @Override
    public final Observation unanswered(Moment at, Duration waited, FailureKind kind) {
        if (kind == FailureKind.TIMED_OUT) {
            // Its own bounds have not brought it back: this does, wherever it is.
            connection.cut();
        }
        return givenUp(at, waited, new Failure(kind, "no answer for " + waited.toMillis() + " ms"));
    }

    /** What is to be reported of an attempt that isn't back, or was not made. */
    Observation givenUp(Moment at, Duration waited, Failure failure) {
        return failed(at, waited, failure);
    }

    @Override
    public final void close() {
        connection.close();
    }

    abstract Observation ask(HeldConnection connection, Deadline deadline) throws SQLException;

    /** What the fault is to this probe, where it knows better than its SQLSTATE. */
    Failure failure(SQLException thrown) {
        return SqlFailures.of(thrown, connection.where());
    }

    abstract Observation failed(Moment at, Duration took, Failure failure);
}

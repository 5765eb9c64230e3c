package io.statehub.sidecar.probe.postgres;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.postgres.Password.UnreadablePasswordException;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a drill writes through the write endpoint, one a transaction, each under a number that is used once;
 * and which of them are there in the end. Used by one thread.
 */
public final class Canary implements AutoCloseable {

    private static final IdentityQuestion IDENTITY = new IdentityQuestion();

    private record Opened(int connection, ServerIdentity server) {}

    private final String schema;
    private final String drill;
    private final HeldConnection connection;
    private @Nullable Opened opened;

    private Canary(String schema, String drill, HeldConnection connection) {
        this.schema = schema;
        this.drill = drill;
        this.connection = connection;
    }

    /**
     * Connects to nothing yet.
     *
     * @param schema as {@code statehub.heartbeat.schema} allows it
     * @param drill the id of the drill, under which its rows are kept
     * @param timeout time that one write has
     */
    public static Canary through(PostgresSettings settings, String schema, String drill, Duration timeout) {
        return new Canary(schema, drill, PostgresProbes.toWriteEndpoint(settings, timeout));
    }

    /** What there was no answer to; the failure says why. */
    public static final class CanaryException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Failure failure;

        CanaryException(Failure failure) {
            super(failure.detail());
            this.failure = failure;
        }

        public Failure failure() {
            return failure;
        }
    }

    /** A question to a primary that takes writes. */
    @FunctionalInterface
    private interface Asked<T> {
        T answer() throws SQLException;
    }

    /** What keeps a drill from writing; empty if nothing does. */
    public Optional<Failure> obstacle(Deadline deadline) throws CanaryException {
        return asked(deadline, () -> {
            CanaryQuestions.Usable.Answer found = connection.ask(new CanaryQuestions.Usable(schema), deadline);
            if (!found.present()) {
                return Optional.of(new Failure(
                        FailureKind.NO_SUCH_SCHEMA,
                        "there is no table " + schema
                                + ".canary, in which a drill writes: the schema was made by an older"
                                + " release, or never; run the command migrate, which adds it and changes"
                                + " nothing else"));
            }
            return found.allowed()
                    ? Optional.empty()
                    : Optional.of(new Failure(
                            FailureKind.PERMISSION_DENIED,
                            "role " + found.role() + " may not read, insert and delete in " + schema
                                    + ".canary: run the command migrate again, which grants it"));
        });
    }

    /** Writes a row, and says what became of it. */
    public HeartbeatObservation write(long sequence, Deadline deadline) {
        Beat row = new Beat(drill, sequence);
        try {
            Optional<Failure> readOnly = prepare(deadline);
            if (readOnly.isPresent()) {
                return failed(deadline, readOnly.get());
            }
        } catch (SQLException e) {
            return failed(deadline, SqlFailures.of(e));
        } catch (UnreadablePasswordException e) {
            return failed(deadline, unreadable(e));
        }
        return sent(row, deadline);
    }

    private HeartbeatObservation sent(Beat row, Deadline deadline) {
        if (deadline.expired()) {
            return failed(deadline, SqlFailures.of(new SQLTimeoutException("not sent in time")));
        }
        try {
            Optional<String> warning = connection.ask(new CanaryQuestions.Write(schema, row), deadline);
            Moment at = deadline.now();
            Duration took = at.since(deadline.begun());
            if (warning.isPresent()) {
                return new HeartbeatObservation.Ambiguous(
                        at, took, row, new Failure(FailureKind.UNCONFIRMED, warning.get()));
            }
            ServerIdentity server = requireNonNull(opened).server();
            return new HeartbeatObservation.Acked(at, took, row, server, Optional.empty(), Optional.empty());
        } catch (SQLException e) {
            Failure failure = SqlFailures.of(e);
            return SqlFailures.certainlyRolledBack(e)
                    ? failed(deadline, failure)
                    : new HeartbeatObservation.Ambiguous(deadline.now(), deadline.elapsed(), row, failure);
        } catch (UnreadablePasswordException e) {
            return failed(deadline, unreadable(e));
        }
    }

    /**
     * The numbers of all rows that the server behind the write endpoint holds.
     *
     * @param each how long one question may take; there are as many as it takes
     */
    public NavigableSet<Long> held(Duration each, TimeSource time) throws CanaryException {
        NavigableSet<Long> held = new TreeSet<>();
        while (true) {
            long after = held.isEmpty() ? 0 : held.last();
            Deadline deadline = Deadline.in(each, time);
            var page = asked(deadline, () -> connection.ask(new CanaryQuestions.Held(schema, drill, after), deadline));
            held.addAll(page);
            if (page.size() < CanaryQuestions.PAGE) {
                return held;
            }
        }
    }

    /** Deletes all rows of the drill; how many they were. */
    public long delete(Deadline deadline) throws CanaryException {
        return asked(deadline, () -> connection.ask(new CanaryQuestions.Delete(schema, drill), deadline));
    }

    /** How to do by hand what {@link #delete} does. */
    public String deletion() {
        return "DELETE FROM " + schema + ".canary WHERE drill = '" + drill + "'";
    }

    private <T> T asked(Deadline deadline, Asked<T> question) throws CanaryException {
        try {
            Optional<Failure> readOnly = prepare(deadline);
            if (readOnly.isPresent()) {
                throw new CanaryException(readOnly.get());
            }
            return question.answer();
        } catch (SQLException e) {
            throw new CanaryException(SqlFailures.of(e));
        } catch (UnreadablePasswordException e) {
            throw new CanaryException(unreadable(e));
        }
    }

    /** Makes sure that the session leads to a primary that takes writes. */
    private Optional<Failure> prepare(Deadline deadline) throws SQLException {
        connection.renew(deadline);
        int number = connection.open(deadline);
        Opened known = opened;
        if (known != null && known.connection() == number) {
            return Optional.empty();
        }
        opened = null;
        IdentityQuestion.Answer who = connection.ask(IDENTITY, deadline);
        if (who.role() == MemberRole.STANDBY || who.readOnly()) {
            // The endpoint may lead elsewhere by now; a kept connection would never find out.
            connection.drop();
            return Optional.of(PostgresProbes.readOnly(who));
        }
        opened = new Opened(number, who.identity());
        return Optional.empty();
    }

    private static Failure unreadable(UnreadablePasswordException e) {
        return new Failure(FailureKind.CREDENTIAL_UNREADABLE, String.valueOf(e.getMessage()));
    }

    private static HeartbeatObservation failed(Deadline deadline, Failure failure) {
        return new HeartbeatObservation.Failed(deadline.now(), deadline.elapsed(), failure);
    }

    /** Ends a write that is under way, wherever it is. */
    public void cut() {
        connection.cut();
    }

    @Override
    public void close() {
        connection.close();
    }
}

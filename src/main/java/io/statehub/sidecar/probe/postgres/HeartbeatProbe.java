package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.probe.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Writes a heartbeat through the write endpoint, and tells what became of it.
 *
 * <p>A beat is acknowledged only if the commit returned cleanly. A commit that was cancelled while it waited for a synchronous
 * standby returns with a warning and is on the primary alone; a connection lost on the way leaves everything open. Both are
 * ambiguous. A sequence is used once, whatever became of it.
 */
final class HeartbeatProbe extends PostgresProbe {

    private static final Logger LOG = Logger.getLogger(HeartbeatProbe.class);
    private static final IdentityQuestion IDENTITY = new IdentityQuestion();

    private final BeatStatements statements;
    private final WriterName name;
    private final String run;
    private Optional<Introduction> introduction = Optional.empty();
    private long sequence;
    private volatile Optional<Beat> inFlight = Optional.empty();

    /** What is known of the server at the other end: a primary that is demoted ends its sessions, so it stays true. */
    private record Introduction(Connection connection, ServerIdentity server) {}

    HeartbeatProbe(HeldConnection connection, BeatStatements statements, WriterName name) {
        super(connection);
        this.statements = statements;
        this.name = name;
        this.run = name.run();
    }

    @Override
    public String target() {
        return HeartbeatObservation.TARGET;
    }

    @Override
    HeartbeatObservation ask(HeldConnection held, Deadline deadline) throws SQLException {
        inFlight = Optional.empty();
        try {
            Connection connection = held.within(deadline);
            boolean known =
                    introduction.filter(it -> it.connection() == connection).isPresent();
            if (known) {
                return beat(held, deadline, Optional.empty());
            }
            introduction = Optional.empty();
            IdentityQuestion.Answer who = held.ask(IDENTITY, deadline);
            Optional<Failure> refusal = refusal(who, connection);
            if (refusal.isPresent()) {
                held.drop();
                return failed(deadline.now(), deadline.elapsed(), refusal.get());
            }
            HeldBeats heldBefore = statements.held(held.within(deadline));
            name.claim(held.within(deadline), statements, deadline.now());
            introduction = Optional.of(new Introduction(connection, who.identity()));
            return beat(held, deadline, Optional.of(heldBefore));
        } catch (SQLException e) {
            held.drop();
            throw e;
        }
    }

    private Optional<Failure> refusal(IdentityQuestion.Answer who, Connection connection) throws SQLException {
        if (who.role() == MemberRole.STANDBY || who.readOnly()) {
            return Optional.of(new Failure(
                    FailureKind.NOT_ACCEPTING, "the write endpoint leads to a server that takes no writes"));
        }
        Optional<Integer> version = statements.version(connection);
        return version.equals(Optional.of(HeartbeatSchema.VERSION))
                ? Optional.empty()
                : Optional.of(new Failure(
                        FailureKind.SCHEMA_VERSION,
                        "schema " + statements.schema() + " has version "
                                + version.map(String::valueOf).orElse("none") + "; allowed: "
                                + HeartbeatSchema.VERSION));
    }

    private HeartbeatObservation beat(HeldConnection held, Deadline deadline, Optional<HeldBeats> heldBefore)
            throws SQLException {
        Sent sent = send(held, deadline);
        if (sent.outcome().filter(outcome -> !outcome.ours()).isPresent()) {
            Optional<String> holder = name.contest(held.within(deadline), statements, deadline.now());
            if (holder.isPresent()) {
                return failed(deadline.now(), deadline.elapsed(), taken(holder.get()));
            }
            sent = send(held, deadline);
        }
        Optional<Failure> doubt = sent.doubt();
        if (doubt.isPresent()) {
            held.drop();
            return new HeartbeatObservation.Ambiguous(deadline.now(), deadline.elapsed(), sent.beat(), doubt.get());
        }
        if (sent.outcome().filter(BeatStatements.Outcome::ours).isEmpty()) {
            return failed(deadline.now(), deadline.elapsed(), taken("another one"));
        }
        Moment at = deadline.now();
        Duration took = deadline.elapsed();
        ServerIdentity server = introduction.orElseThrow().server();
        return new HeartbeatObservation.Acked(at, took, sent.beat(), server, position(held, deadline), heldBefore);
    }

    /**
     * A beat that went out.
     *
     * @param outcome what the server said; empty if that did not arrive
     * @param doubt why it may not be committed, or not as safely as it should be
     */
    private record Sent(Beat beat, Optional<BeatStatements.Outcome> outcome, Optional<Failure> doubt) {}

    /** @throws SQLException if it was certainly not committed */
    private Sent send(HeldConnection held, Deadline deadline) throws SQLException {
        Connection connection = held.within(deadline);
        Beat beat = new Beat(run, ++sequence);
        inFlight = Optional.of(beat);
        try {
            BeatStatements.Outcome outcome = statements.write(connection, beat);
            inFlight = Optional.empty();
            return new Sent(beat, Optional.of(outcome), outcome.warning().map(HeartbeatProbe::warned));
        } catch (SQLException e) {
            inFlight = Optional.empty();
            if (CommitDoubt.isLeftBy(e)) {
                return new Sent(beat, Optional.empty(), Optional.of(SqlFailures.of(e)));
            }
            throw e;
        }
    }

    /** It is acknowledged already: not to learn the position costs the position and the connection, no more. */
    private Optional<Lsn> position(HeldConnection held, Deadline deadline) {
        try {
            return Optional.of(statements.position(held.within(deadline)));
        } catch (SQLException e) {
            LOG.debug("the position after a heartbeat was not told", e);
            held.drop();
            return Optional.empty();
        }
    }

    private Failure taken(String holder) {
        return new Failure(
                FailureKind.WRITER_TAKEN,
                "writer '" + statements.writer() + "' is used by run " + holder + ", we are run " + run
                        + ": give each sidecar a statehub.heartbeat.writer of its own");
    }

    private static Failure warned(SQLWarning warning) {
        return new Failure(
                FailureKind.UNCONFIRMED,
                "warning at commit: " + warning.getMessage() + " (SQLSTATE " + warning.getSQLState() + ")");
    }

    /** A beat that is still under way when it is given up on may yet be committed. A skip is no beat. */
    @Override
    HeartbeatObservation failed(Moment at, Duration took, Failure failure) {
        Optional<Beat> beat = inFlight;
        return beat.isPresent() && failure.kind() != FailureKind.SKIPPED
                ? new HeartbeatObservation.Ambiguous(at, took, beat.get(), failure)
                : new HeartbeatObservation.Failed(at, took, failure);
    }
}

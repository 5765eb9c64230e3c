package io.statehub.sidecar.probe.postgres;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.time.Moment;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a beat through the address that the API writes to, and reports what became of it. Each beat has a sequence of
 * its own, whatever its outcome, so that none can be mistaken for another.
 */
final class HeartbeatProbe extends PostgresProbe {

    private static final Logger LOG = Logger.getLogger(HeartbeatProbe.class);
    private static final FlushedPositionQuestion FLUSHED_POSITION = new FlushedPositionQuestion();

    /**
     * A connection on which nothing stands against writing. The server's timeline can't change under it: only a restart
     * makes a primary follow another one's, and that ends every session.
     */
    private record Session(int connection, ServerIdentity server, Optional<HeldBeats> heldBefore) {}

    private final HeartbeatWriter writer;
    private final WriterClaim claim;
    private final SchemaCheck schema;
    private final SentBeats sent = new SentBeats();
    private long sequence;
    private boolean pruned;
    private @Nullable Session session;

    HeartbeatProbe(HeartbeatWriter writer, HeldConnection connection) {
        super(connection);
        this.writer = writer;
        this.claim = new WriterClaim(writer.run(), writer.quiet());
        this.schema = new SchemaCheck(writer.schema());
    }

    @Override
    public TargetId target() {
        return TargetId.Part.HEARTBEAT;
    }

    @Override
    HeartbeatObservation ask(HeldConnection connection, Deadline deadline) throws SQLException {
        if (sent.wasGivenUp()) {
            // With it went what a new connection had told of the beats that the server held.
            connection.drop();
        }
        int number = connection.open(deadline);
        Session open = session;
        Optional<Failure> obstacle;
        if (open == null || open.connection() != number || claim.mustLook()) {
            session = null;
            obstacle = obstacle(connection, deadline, number);
        } else {
            obstacle = schema.obstacle(open.server(), connection, deadline);
        }
        return obstacle.isPresent()
                ? failed(deadline.now(), deadline.elapsed(), obstacle.get())
                : beat(connection, deadline);
    }

    /** Prepares a session, unless something stands against it. */
    private Optional<Failure> obstacle(HeldConnection connection, Deadline deadline, int number) throws SQLException {
        IdentityQuestion.Answer who = connection.ask(IDENTITY, deadline);
        connection.isWith(who.identity());
        if (who.role() == MemberRole.STANDBY || who.readOnly()) {
            // The endpoint may lead elsewhere by now; a kept connection would never find out.
            connection.drop();
            return Optional.of(PostgresProbes.readOnly(who));
        }
        Optional<Failure> missing = schema.obstacle(who.identity(), connection, deadline);
        if (missing.isPresent()) {
            return missing;
        }
        if (claim.mustLook()) {
            Optional<Beat> row = connection.ask(new NewestBeatQuestion(writer), deadline);
            if (!claim.look(row, deadline.now())) {
                return Optional.of(taken(row));
            }
        }
        HeldBeats held = connection.ask(new HeldBeatsQuestion(writer), deadline);
        session = new Session(number, who.identity(), Optional.of(held));
        return Optional.empty();
    }

    private HeartbeatObservation beat(HeldConnection connection, Deadline deadline) throws SQLException {
        Beat beat = new Beat(writer.run(), ++sequence);
        if (deadline.expired() || !sent.send(deadline.begun(), beat)) {
            throw new SQLTimeoutException(
                    "not sent within the allowed " + deadline.allowed().toMillis() + " ms");
        }
        BeatQuestion.Answer answer;
        try {
            answer = connection.ask(new BeatQuestion(writer, beat, claim.replaceable()), deadline);
        } catch (SQLException e) {
            schema.doubt();
            Moment at = deadline.now();
            Duration took = at.since(deadline.begun());
            return SqlFailures.certainlyRolledBack(e)
                    ? failed(at, took, failure(e))
                    : new HeartbeatObservation.Ambiguous(at, took, beat, heard(explained(e, deadline)));
        }
        Moment at = deadline.now();
        Duration took = at.since(deadline.begun());
        if (!answer.owned()) {
            session = null;
            Optional<Beat> row = connection.ask(new NewestBeatQuestion(writer), deadline);
            claim.look(row, at);
            return failed(at, took, taken(row));
        }
        claim.confirm();
        if (answer.warning().isPresent()) {
            // What the server holds before the next beat is to be read again: this one may be there.
            connection.drop();
            Failure doubt =
                    new Failure(FailureKind.UNCONFIRMED, answer.warning().get());
            return new HeartbeatObservation.Ambiguous(at, took, beat, heard(doubt));
        }
        return acked(connection, deadline, beat, at, took);
    }

    private HeartbeatObservation acked(
            HeldConnection connection, Deadline deadline, Beat beat, Moment at, Duration took) {
        Session open = requireNonNull(session);
        session = new Session(open.connection(), open.server(), Optional.empty());
        Optional<Lsn> position = Optional.empty();
        try {
            position = Optional.of(connection.ask(FLUSHED_POSITION, deadline));
            if (!pruned) {
                pruned = true;
                connection.askIfAllowed(new ForgottenWritersQuestion(writer), deadline);
            }
            connection.renew(deadline);
        } catch (SQLException e) {
            // The beat is acknowledged all the same. The connection has been dropped: the next one tells what is wrong.
            LOG.debug("after a heartbeat", e);
        }
        return new HeartbeatObservation.Acked(
                at, took, beat, open.server(), position, open.heldBefore(), connection.farewell());
    }

    private Failure taken(Optional<Beat> row) {
        return new Failure(
                FailureKind.WRITER_TAKEN,
                "writer '" + writer.name() + "' is used by "
                        + row.map(it -> "run " + it.run()).orElse("another run") + ", we are run " + writer.run()
                        + ": give each sidecar a statehub.heartbeat.writer of its own");
    }

    @Override
    Failure failure(SQLException thrown) {
        Failure plain = super.failure(thrown);
        String state = String.valueOf(thrown.getSQLState());
        return "42P01".equals(state) || "3F000".equals(state)
                ? new Failure(FailureKind.NO_SUCH_SCHEMA, plain.detail())
                : plain;
    }

    @Override
    HeartbeatObservation givenUp(Moment at, Duration waited, Failure failure) {
        if (failure.kind() == FailureKind.SKIPPED) {
            // The attempt that is still out is reported by its own round.
            return failed(at, waited, failure);
        }
        return sent.giveUp(at.minus(waited))
                .<HeartbeatObservation>map(beat -> new HeartbeatObservation.Ambiguous(at, waited, beat, heard(failure)))
                .orElseGet(() -> failed(at, waited, failure));
    }

    @Override
    HeartbeatObservation failed(Moment at, Duration took, Failure failure) {
        return new HeartbeatObservation.Failed(at, took, heard(failure));
    }
}

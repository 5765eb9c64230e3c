package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.time.Moment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Asks one server of the cluster, under its own address, for its account of itself. */
final class MemberProbe extends PostgresProbe {

    private static final IdentityQuestion IDENTITY = new IdentityQuestion();
    private static final WalSendersQuestion WAL_SENDERS = new WalSendersQuestion();
    private static final SlotsQuestion SLOTS = new SlotsQuestion();
    private static final PrimaryQuestion PRIMARY = new PrimaryQuestion();
    private static final StandbyQuestion STANDBY = new StandbyQuestion();

    private final String member;

    private final ForkMemory forks = new ForkMemory();
    private final CommitWaits commitWaits = new CommitWaits();
    private final Optional<NewestBeat> newestBeat;

    /** @param writer whose heartbeats are looked for there; empty without heartbeats */
    MemberProbe(String member, HeldConnection connection, Optional<HeartbeatWriter> writer) {
        super(connection);
        this.member = member;
        this.newestBeat = writer.map(NewestBeat::new);
    }

    @Override
    public String target() {
        return member;
    }

    @Override
    MemberObservation ask(HeldConnection connection, Deadline deadline) throws SQLException {
        IdentityQuestion.Answer who = connection.ask(IDENTITY, deadline);
        connection.isWith(who.identity());
        RoleState role = who.role() == MemberRole.PRIMARY
                ? primary(who.identity(), connection, deadline)
                : connection.ask(STANDBY, deadline);
        SlotsQuestion.Answer slots = connection.ask(SLOTS, deadline);
        WalSendersQuestion.Answer senders = connection.ask(WAL_SENDERS, deadline);
        MemberState state = new MemberState(
                who.identity(),
                who.statisticsVisible(),
                senders.shown(),
                senders.leftOut(),
                slots.shown(),
                slots.totals(),
                role,
                // Last: a lock on the table may take what is left of the time.
                newestBeat.isPresent() ? newestBeat.get().on(connection, deadline) : Optional.empty());
        var answered = new MemberObservation.Answered(member, deadline.now(), deadline.elapsed(), state);
        connection.renew(deadline);
        return answered;
    }

    private RoleState.Primary primary(ServerIdentity identity, HeldConnection connection, Deadline deadline)
            throws SQLException {
        PrimaryQuestion.Answer answer = connection.ask(PRIMARY, deadline);
        return new RoleState.Primary(
                answer.archiver(),
                forks.of(identity, connection, deadline),
                Optional.of(commitWaits.seen(answer, deadline.begun())));
    }

    @Override
    MemberObservation failed(Moment at, Duration took, Failure failure) {
        return new MemberObservation.Failed(member, at, took, failure);
    }
}

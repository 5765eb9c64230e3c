package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.time.Moment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Asks one server of the cluster, under its own address, for its account of itself. */
final class MemberProbe extends PostgresProbe {

    private final String member;
    private final ForkMemory forks = new ForkMemory();
    private final CommitWaits commitWaits = new CommitWaits();
    private final MemberAnswers answers;

    /** @param writer whose heartbeats are looked for there; empty without heartbeats */
    MemberProbe(String member, HeldConnection connection, Optional<HeartbeatWriter> writer) {
        super(connection);
        this.member = member;
        this.answers = new MemberAnswers(writer);
    }

    @Override
    public TargetId target() {
        return new TargetId.Member(member);
    }

    @Override
    MemberObservation ask(HeldConnection connection, Deadline deadline) throws SQLException {
        MemberQuestion.Answer answer = answers.ask(connection, deadline);
        ServerIdentity identity = answer.who().identity();
        connection.isWith(identity);
        MemberState state = new MemberState(
                identity,
                answer.who().statisticsVisible(),
                answer.senders().shown(),
                answer.senders().leftOut(),
                answer.slots().shown(),
                answer.slots().totals(),
                answer.standby().isPresent()
                        ? answer.standby().get()
                        : primary(identity, answer.primary(), connection, deadline),
                answer.beat());
        var answered = new MemberObservation.Answered(
                member, deadline.now(), deadline.elapsed(), state, connection.farewell());
        connection.renew(deadline);
        return answered;
    }

    private RoleState.Primary primary(
            ServerIdentity identity, Optional<PrimaryPart.Answer> seen, HeldConnection connection, Deadline deadline)
            throws SQLException {
        return new RoleState.Primary(
                seen.flatMap(PrimaryPart.Answer::archiver),
                forks.of(identity, connection, deadline),
                seen.map(answer -> commitWaits.seen(answer, deadline.begun())));
    }

    @Override
    MemberObservation failed(Moment at, Duration took, Failure failure) {
        return new MemberObservation.Failed(member, at, took, heard(failure));
    }
}

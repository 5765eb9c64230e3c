package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;

/**
 * Stands for a member of which nobody knows an address: there is nothing to connect to, and it is a member all the
 * same.
 */
final class UnplacedMemberProbe implements Probe {

    private final String member;

    UnplacedMemberProbe(String member) {
        this.member = member;
    }

    @Override
    public TargetId target() {
        return new TargetId.Member(member);
    }

    @Override
    public MemberObservation observe(Deadline deadline) {
        return failed(deadline.now(), deadline.elapsed(), FailureKind.UNRESOLVED);
    }

    @Override
    public MemberObservation unanswered(Moment at, Duration waited, FailureKind kind) {
        return failed(at, waited, kind);
    }

    private MemberObservation failed(Moment at, Duration took, FailureKind kind) {
        return new MemberObservation.Failed(member, at, took, new Failure(kind, "its pod has no address"));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/**
 * One member with its own account of itself.
 *
 * @param health what is believed of it
 * @param answer its last answer; empty unless the last observation is an answer that still holds
 */
public record MemberView(String name, TargetHealth health, Optional<MemberObservation.Answered> answer) {

    static MemberView of(Target target) {
        return new MemberView(target.name(), target.health(), target.fresh(MemberObservation.Answered.class));
    }

    public Optional<MemberState> state() {
        return answer.map(MemberObservation.Answered::state);
    }

    /** When its answer was known; what it says is of no later moment. */
    public Optional<Moment> seenAt() {
        return answer.map(MemberObservation.Answered::at);
    }

    /** When its probe began; what it says is of no earlier moment. */
    public Optional<Moment> askedAt() {
        return answer.map(it -> it.at().plus(it.took().negated()));
    }

    public Optional<ServerIdentity> identity() {
        return state().map(MemberState::identity);
    }

    public Optional<SystemIdentifier> systemIdentifier() {
        return identity().map(ServerIdentity::systemIdentifier);
    }

    public Optional<MemberRole> role() {
        return state().map(MemberState::memberRole);
    }

    public boolean isPrimary() {
        return role().equals(Optional.of(MemberRole.PRIMARY));
    }

    /** Empty also for a standby without a WAL receiver: PostgreSQL doesn't tell. */
    public Optional<Timeline> timeline() {
        return identity().flatMap(ServerIdentity::timeline);
    }

    /** The part that only a standby has. */
    public Optional<RoleState.Standby> standby() {
        return roleState(RoleState.Standby.class);
    }

    /** The part that only a primary has. */
    public Optional<RoleState.Primary> primary() {
        return roleState(RoleState.Primary.class);
    }

    /** The WAL receiver of a standby, where our role may see it. */
    public Optional<RoleState.WalReceiver> walReceiver() {
        return standby().flatMap(RoleState.Standby::walReceiver);
    }

    /** How far a standby has replayed. */
    public Optional<Lsn> replayPosition() {
        return standby().flatMap(RoleState.Standby::replayPosition);
    }

    /** Whether replication statistics can be read there. */
    public boolean statisticsVisible() {
        return state().filter(MemberState::statisticsVisible).isPresent();
    }

    /** Whether it is a standby to which log flows. */
    public boolean streaming() {
        return walReceiver().filter(RoleState.WalReceiver::streaming).isPresent();
    }

    private <T extends RoleState> Optional<T> roleState(Class<T> kind) {
        return state().map(MemberState::role).filter(kind::isInstance).map(kind::cast);
    }
}

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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One member with its own account of itself, each part of which is looked up once: rules ask for them many times a
 * round.
 */
public final class MemberView {

    private static final Optional<MemberRole> A_PRIMARY = Optional.of(MemberRole.PRIMARY);
    private static final Optional<MemberRole> A_STANDBY = Optional.of(MemberRole.STANDBY);

    private final String name;
    private final TargetHealth health;
    private final Optional<MemberObservation.Answered> answer;
    private final Optional<String> leadsTo;
    private final Optional<Moment> seenAt;
    private final Optional<Moment> askedAt;
    private final Optional<MemberState> state;
    private final Optional<ServerIdentity> identity;
    private final Optional<SystemIdentifier> systemIdentifier;
    private final Optional<RoleState.Standby> standby;
    private final Optional<RoleState.Primary> primary;

    private MemberView(
            String name, TargetHealth health, Optional<MemberObservation.Answered> answer, Optional<String> leadsTo) {
        this.name = name;
        this.health = health;
        this.answer = answer;
        this.leadsTo = leadsTo;
        this.seenAt = answer.map(MemberObservation.Answered::at);
        this.askedAt = answer.map(it -> it.at().minus(it.took()));
        this.state = answer.map(MemberObservation.Answered::state);
        this.identity = state.map(MemberState::identity);
        this.systemIdentifier = identity.map(ServerIdentity::systemIdentifier);
        this.standby = roleState(RoleState.Standby.class);
        this.primary = roleState(RoleState.Primary.class);
    }

    static MemberView of(Target target) {
        return new MemberView(
                target.name(), target.health(), target.fresh(MemberObservation.Answered.class), Optional.empty());
    }

    /** The same where its name leads to the server of another member, so that nothing was heard of its own. */
    MemberView leadingTo(String other) {
        return new MemberView(name, health, Optional.empty(), Optional.of(other));
    }

    /** The same under another name that it is known by. */
    public MemberView named(String other) {
        return new MemberView(other, health, answer, leadsTo);
    }

    /** The other member whose server answers under this one's name; empty unless that is so. */
    public Optional<String> leadsTo() {
        return leadsTo;
    }

    public String name() {
        return name;
    }

    /** What is believed of it. */
    public TargetHealth health() {
        return health;
    }

    /** Its account of itself; empty unless the last observation is an answer that still holds. */
    public Optional<MemberState> state() {
        return state;
    }

    /** When its answer was known; what it says is of no later moment. */
    public Optional<Moment> seenAt() {
        return seenAt;
    }

    /** When its probe began; what it says is of no earlier moment. */
    public Optional<Moment> askedAt() {
        return askedAt;
    }

    public Optional<ServerIdentity> identity() {
        return identity;
    }

    public Optional<SystemIdentifier> systemIdentifier() {
        return systemIdentifier;
    }

    public Optional<MemberRole> role() {
        if (isPrimary()) {
            return A_PRIMARY;
        }
        return standby.isPresent() ? A_STANDBY : Optional.empty();
    }

    public boolean isPrimary() {
        return primary.isPresent();
    }

    /** Empty also for a standby without a WAL receiver: PostgreSQL doesn't tell. */
    public Optional<Timeline> timeline() {
        return identity.flatMap(ServerIdentity::timeline);
    }

    /** The part that only a standby has. */
    public Optional<RoleState.Standby> standby() {
        return standby;
    }

    /** The part that only a primary has. */
    public Optional<RoleState.Primary> primary() {
        return primary;
    }

    /** The WAL receiver of a standby, where our role may see it. */
    public Optional<RoleState.WalReceiver> walReceiver() {
        return standby.flatMap(RoleState.Standby::walReceiver);
    }

    /** How far a standby has replayed. */
    public Optional<Lsn> replayPosition() {
        return standby.flatMap(RoleState.Standby::replayPosition);
    }

    /** Whether replication statistics can be read there. */
    public boolean statisticsVisible() {
        return state.isPresent() && state.get().statisticsVisible();
    }

    /** Whether it is a standby to which log flows. */
    public boolean streaming() {
        return walReceiver().filter(RoleState.WalReceiver::streaming).isPresent();
    }

    private <T extends RoleState> Optional<T> roleState(Class<T> kind) {
        return state.map(MemberState::role).filter(kind::isInstance).map(kind::cast);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MemberView that
                && name.equals(that.name)
                && health.equals(that.health)
                && answer.equals(that.answer)
                && leadsTo.equals(that.leadsTo);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, health, answer, leadsTo);
    }

    @Override
    public String toString() {
        return "MemberView[name=" + name + ", health=" + health + ", answer=" + answer + ", leadsTo=" + leadsTo + "]";
    }
}

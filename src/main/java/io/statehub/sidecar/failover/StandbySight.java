package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/**
 * A member in recovery, as it was seen last.
 *
 * @param asked when the look began
 * @param identity which run of which server, how far it had received, and the timeline that this run received last
 * @param streaming whether log flowed to it
 */
public record StandbySight(Moment asked, ServerIdentity identity, boolean streaming) {

    /**
     * A standby without a WAL receiver doesn't tell its timeline; as long as it runs, it is on that of its receiver
     * before.
     */
    static Optional<StandbySight> of(MemberView member, Optional<StandbySight> before) {
        if (!member.role().equals(Optional.of(MemberRole.STANDBY))) {
            return Optional.empty();
        }
        ServerIdentity now = member.identity().orElseThrow();
        Optional<Timeline> last =
                before.map(StandbySight::identity).filter(now::isSameRunAs).flatMap(ServerIdentity::timeline);
        return Optional.of(new StandbySight(
                member.askedAt().orElseThrow(),
                new ServerIdentity(
                        now.systemIdentifier(), now.timeline().or(() -> last), now.position(), now.postmasterStart()),
                member.streaming()));
    }

    Optional<Lsn> position() {
        return identity.position();
    }

    Optional<Timeline> timeline() {
        return identity.timeline();
    }

    StandbySight silent() {
        return new StandbySight(asked, identity, false);
    }
}

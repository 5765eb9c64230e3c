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
 * @param position how far it had received
 * @param timeline what it received, while it did
 * @param streaming whether log flowed to it
 */
public record StandbySight(Moment asked, Optional<Lsn> position, Optional<Timeline> timeline, boolean streaming) {

    static Optional<StandbySight> of(MemberView member) {
        return member.role()
                .filter(role -> role == MemberRole.STANDBY)
                .map(role -> new StandbySight(
                        member.askedAt().orElseThrow(),
                        member.identity().flatMap(ServerIdentity::position),
                        member.timeline(),
                        member.streaming()));
    }

    StandbySight silent() {
        return new StandbySight(asked, position, timeline, false);
    }
}

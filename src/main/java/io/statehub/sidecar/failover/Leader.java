package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/**
 * A member out of recovery, as it was seen last.
 *
 * @param member its name
 * @param identity which run of which server, and where it wrote
 * @param seenAt when the look began that saw it last
 */
public record Leader(String member, ServerIdentity identity, Moment seenAt) {

    static Leader of(MemberView view) {
        return new Leader(
                view.name(), view.identity().orElseThrow(), view.askedAt().orElseThrow());
    }

    boolean isSameRunAs(Leader other) {
        return member.equals(other.member) && identity.isSameRunAs(other.identity);
    }

    public Optional<Timeline> timeline() {
        return identity.timeline();
    }

    /** Whether its history is known to be the younger one. */
    boolean isYoungerThan(Leader other) {
        return timeline().isPresent()
                && other.timeline().isPresent()
                && timeline().get().compareTo(other.timeline().get()) > 0;
    }

    /** Name and timeline, for people. */
    String described() {
        return member + " (timeline " + timeline().map(Timeline::toString).orElse("unknown") + ")";
    }
}

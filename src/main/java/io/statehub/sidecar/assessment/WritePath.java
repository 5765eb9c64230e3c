package io.statehub.sidecar.assessment;

import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/**
 * The path on which the API writes, over time.
 *
 * @param status what is believed of it now
 * @param downSince since when it is known not to work; empty unless that is so
 * @param lastTrouble when it was last known not to work soundly; empty if it never was
 */
public record WritePath(Status status, Optional<Moment> downSince, Optional<Moment> lastTrouble) {

    static WritePath unobserved() {
        return new WritePath(Status.UNKNOWN, Optional.empty(), Optional.empty());
    }

    WritePath next(Status now, Moment at) {
        boolean trouble = now == Status.DOWN || now == Status.DEGRADED;
        return new WritePath(
                now,
                now == Status.DOWN ? downSince.or(() -> Optional.of(at)) : Optional.empty(),
                trouble ? Optional.of(at) : lastTrouble);
    }
}

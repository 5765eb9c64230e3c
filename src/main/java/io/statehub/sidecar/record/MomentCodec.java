package io.statehub.sidecar.record;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Moments, written by one process and read by its successor.
 *
 * <p>On the same boot of the same machine both count from the same origin, so a moment is read as it was written. On another
 * there is only the wall clock to go by: durations across the two are then as right as that clock is.
 */
final class MomentCodec {

    private final Moment now;
    private final boolean sameOrigin;

    private MomentCodec(Moment now, boolean sameOrigin) {
        this.now = now;
        this.sameOrigin = sameOrigin;
    }

    /**
     * For reading what was written with this origin.
     *
     * @param now the reader's present
     * @param written the origin of the writer's monotonic clock, if it was known
     * @param origin the origin of the reader's
     */
    static MomentCodec reading(Moment now, Optional<String> written, Optional<String> origin) {
        return new MomentCodec(now, written.isPresent() && written.equals(origin));
    }

    static JsonArray write(Moment moment) {
        return JSON.createArrayBuilder()
                .add(moment.wallClock().toString())
                .add(moment.nanos())
                .build();
    }

    Moment read(JsonValue value) {
        JsonArray pair = value.asJsonArray();
        Instant wallClock = Instant.parse(pair.getString(0));
        if (sameOrigin) {
            return new Moment(wallClock, pair.getJsonNumber(1).longValueExact());
        }
        Duration ago = Duration.between(wallClock, now.wallClock());
        // A moment that seems to come is the wall clock's fault: it is no later than the reader's present.
        return new Moment(wallClock, ago.isNegative() ? now.nanos() : now.nanos() - ago.toNanos());
    }
}

package io.statehub.sidecar.journal.codec;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Moments, written by one process and read by its successor.
 *
 * <p>On the same boot of the same machine both count from the same origin, so a moment is read as it was written. On
 * another there is only the wall clock to go by: durations across the two are then as right as that clock is.
 */
final class MomentCodec {

    /** Further off no clock is set, and durations to it would not fit into nanoseconds. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

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
        if (wallClock.isBefore(EARLIEST) || wallClock.isAfter(LATEST)) {
            throw new IllegalArgumentException(wallClock + " is not between " + EARLIEST + " and " + LATEST);
        }
        long nanos = nanos(value);
        Moment read = sameOrigin
                ? new Moment(wallClock, nanos)
                : new Moment(
                        wallClock,
                        now.nanos()
                                - Duration.between(wallClock, now.wallClock()).toNanos());
        // A moment that seems to come is a clock's fault: it is no later than the reader's present.
        return read.isAfter(now) ? new Moment(wallClock, now.nanos()) : read;
    }

    /**
     * Refuses two moments of which the first lies after the second by the clock of their writer: no process wrote that.
     * As they are read they may, where only the wall clock relates the two processes, and it was set meanwhile.
     *
     * @param first the name of a member of the object, which may be missing, like the other one
     * @throws IllegalArgumentException if it does
     */
    static void requireOrder(JsonObject json, String first, String second) {
        Optional<Long> from = Fields.get(json, first, MomentCodec::nanos);
        Optional<Long> to = Fields.get(json, second, MomentCodec::nanos);
        if (from.isPresent() && to.isPresent() && from.get() - to.get() > 0) {
            throw new IllegalArgumentException(
                    "'" + first + "' is after '" + second + "': " + json.get(first) + ", " + json.get(second));
        }
    }

    private static long nanos(JsonValue moment) {
        return moment.asJsonArray().getJsonNumber(1).longValueExact();
    }
}

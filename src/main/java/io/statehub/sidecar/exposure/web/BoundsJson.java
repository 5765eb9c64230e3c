package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Count;
import io.statehub.sidecar.failover.Occurrence;
import jakarta.json.stream.JsonGenerator;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Measurements with their error. Rounding to milliseconds widens the error, and never narrows it. */
final class BoundsJson {

    private static final Duration JUST_UNDER_A_MILLISECOND = Duration.ofNanos(999_999);

    private BoundsJson() {}

    static void millis(String lower, String upper, Optional<Bounds> bounds, JsonGenerator json) {
        atLeast(lower, bounds.map(Bounds::lower), json);
        atMost(upper, bounds.flatMap(Bounds::upper), json);
    }

    static void atLeast(String name, Optional<Duration> lower, JsonGenerator json) {
        TargetJson.millis(name, lower, json);
    }

    static void atMost(String name, Optional<Duration> upper, JsonGenerator json) {
        TargetJson.millis(name, upper.map(exact -> exact.plus(JUST_UNDER_A_MILLISECOND)), json);
    }

    static void count(String atLeast, String atMost, Optional<Count> count, JsonGenerator json) {
        TargetJson.number(
                atLeast, count.map(it -> OptionalLong.of(it.atLeast())).orElse(OptionalLong.empty()), json);
        TargetJson.number(atMost, count.map(Count::atMost).orElse(OptionalLong.empty()), json);
    }

    /** The fields of an occurrence, into an object that is open. */
    static void occurrence(Occurrence occurrence, JsonGenerator json) {
        between(occurrence, json);
        json.write("evidence", occurrence.evidence());
    }

    static void between(Occurrence occurrence, JsonGenerator json) {
        json.write("earliest", occurrence.earliest().wallClock().toString());
        json.write("latest", occurrence.latest().wallClock().toString());
    }
}

package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.assessment.TargetHealth;
import io.statehub.sidecar.exposure.metrics.Unit;
import io.statehub.sidecar.observation.Failure;
import jakarta.json.stream.JsonGenerator;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields that every target has, and how a value that may be unknown is written. */
final class TargetJson {

    private TargetJson() {}

    static void write(Target target, JsonGenerator json) {
        health(target.health(), json);
        text("observedAt", target.last().map(last -> last.at().wallClock().toString()), json);
        millis("tookMs", target.last().map(last -> last.took()), json);
    }

    static void health(TargetHealth health, JsonGenerator json) {
        json.write("status", health.status().name());
        json.write("since", health.since().wallClock().toString());
        failure(health.failure(), json);
    }

    static void failure(Optional<Failure> failure, JsonGenerator json) {
        if (failure.isEmpty()) {
            json.writeNull("failure");
            return;
        }
        json.writeStartObject("failure");
        json.write("kind", failure.get().kind().label());
        json.write("detail", failure.get().detail());
        json.writeEnd();
    }

    static void text(String name, Optional<String> value, JsonGenerator json) {
        value.ifPresentOrElse(text -> json.write(name, text), () -> json.writeNull(name));
    }

    /** A count or a size; null also if there can't be such a one. */
    static void number(String name, OptionalLong value, JsonGenerator json) {
        if (value.isPresent() && Unit.COUNT.allows((double) value.getAsLong())) {
            json.write(name, value.getAsLong());
        } else {
            json.writeNull(name);
        }
    }

    /** A duration; null also if there can't be such a one. */
    static void millis(String name, Optional<Duration> value, JsonGenerator json) {
        value.filter(duration -> Unit.SECONDS.allows((double) duration.toSeconds()))
                .ifPresentOrElse(duration -> json.write(name, duration.toMillis()), () -> json.writeNull(name));
    }
}

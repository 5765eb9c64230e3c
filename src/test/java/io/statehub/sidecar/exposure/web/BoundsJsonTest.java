package io.statehub.sidecar.exposure.web;

import static io.statehub.sidecar.json.JsonLibrary.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Bounds;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundsJsonTest {

    private static String written(Optional<Bounds> bounds) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            BoundsJson.millis("lowerMs", "upperMs", bounds, json);
            json.writeEnd();
        }
        return out.toString();
    }

    @Test
    void roundingNeverNarrowsTheError() {
        Bounds bounds = new Bounds(Duration.ofNanos(1_999_999), Optional.of(Duration.ofNanos(2_000_001)));

        assertThat(written(Optional.of(bounds))).isEqualTo("{\"lowerMs\":1,\"upperMs\":3}");
    }

    @Test
    void wholeMillisecondsStayWhatTheyAre() {
        Bounds bounds = new Bounds(Duration.ofMillis(2), Optional.of(Duration.ofMillis(3)));

        assertThat(written(Optional.of(bounds))).isEqualTo("{\"lowerMs\":2,\"upperMs\":3}");
    }

    @Test
    void whatNothingBoundsIsNull() {
        assertThat(written(Optional.of(new Bounds(Duration.ZERO, Optional.empty()))))
                .isEqualTo("{\"lowerMs\":0,\"upperMs\":null}");
        assertThat(written(Optional.empty())).isEqualTo("{\"lowerMs\":null,\"upperMs\":null}");
    }
}

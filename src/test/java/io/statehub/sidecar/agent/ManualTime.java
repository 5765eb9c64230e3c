package io.statehub.sidecar.agent;

import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.probe.TimeSource;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** Time that stands still until a test lets it pass. */
@Alternative
@Singleton
public class ManualTime implements TimeSource {

    private volatile Moment now = new Moment(Instant.parse("2026-03-01T12:00:00Z"), 0);

    @Override
    public Moment now() {
        return now;
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }
}

package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HeartbeatSettings;
import java.time.Duration;
import java.util.Optional;

/** Heartbeats as a test wants them. */
record HeartbeatSettingsFake(
        boolean enabled, Duration interval, Duration timeout, String schema, Optional<String> writer, int history)
        implements HeartbeatSettings {

    static HeartbeatSettingsFake of(String writer, Duration timeout, int history) {
        return new HeartbeatSettingsFake(
                true, Duration.ofSeconds(1), timeout, HeartbeatSchema.DEFAULT_NAME, Optional.of(writer), history);
    }
}

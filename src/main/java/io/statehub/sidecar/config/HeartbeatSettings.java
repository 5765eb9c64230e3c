package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Writes of our own through the write endpoint, which show what is acknowledged and what gets lost. */
public interface HeartbeatSettings {

    /** Whether to write at all; without heartbeats, outages are told less exactly and losses not at all. */
    @WithDefault("true")
    boolean enabled();

    /** Time between two beats: half of the error of every outage. */
    @WithDefault("1s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration interval();

    /** Time for one beat, connection included; no longer than the interval. */
    @WithDefault("900ms")
    @WithConverter(Converters.PositiveDuration.class)
    Duration timeout();

    /** The schema with the heartbeats' tables. */
    @WithDefault("statehub_sidecar")
    @WithConverter(Converters.Identifier.class)
    String schema();

    /** The name to write under, one for each sidecar; the host's name, which is the pod's, if not set. */
    @WithConverter(Converters.Writer.class)
    Optional<String> writer();

    /** Beats that a server keeps of a writer: so many can be counted as lost. */
    @WithDefault("3600")
    @WithConverter(Converters.History.class)
    int history();

    /** The name to write under, set or not. */
    default String writerName() {
        return writer().orElseGet(HostName::current);
    }
}

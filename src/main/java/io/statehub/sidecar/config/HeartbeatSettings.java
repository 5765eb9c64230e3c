package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The writes that prove the write path, and by which losses are counted. */
public interface HeartbeatSettings {

    /** Whether heartbeats are written at all. */
    @WithDefault("true")
    @WithConverter(Converters.Flag.class)
    Boolean enabled();

    /** Time between two heartbeats. */
    @WithDefault("1s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration interval();

    /** Time for one heartbeat, connection included; no longer than the interval. */
    @WithDefault("900ms")
    @WithConverter(Converters.PositiveDuration.class)
    Duration timeout();

    /** The schema that holds them, in the database of {@code statehub.postgres.url}. */
    @WithDefault("statehub_sidecar")
    @WithConverter(NameConverters.Identifier.class)
    String schema();

    /** A name that no other sidecar of this database has; the host's, which is the pod's, if not set. */
    @WithConverter(NameConverters.WriterName.class)
    Optional<String> writer();

    /** How many heartbeats are kept, so that losses can be counted one by one. */
    @WithDefault("3600")
    @WithConverter(Converters.History.class)
    Integer history();

    /**
     * The role that is to write them, for the command {@code migrate}; that of {@code statehub.postgres.username} if
     * not set.
     */
    @WithConverter(NameConverters.RoleName.class)
    Optional<String> role();
}

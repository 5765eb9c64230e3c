package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds that replication must keep. */
public interface ReplicationSettings {

    /** Log that a standby may have left to replay. */
    @WithDefault("16M")
    @WithConverter(Converters.ByteSize.class)
    Long maxLagBytes();

    /** How old the newest data on a standby may be. */
    @WithDefault("30s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration maxStaleness();

    /**
     * How long a WAL receiver may hear nothing. On an idle primary messages come only every half of
     * {@code wal_sender_timeout}, 30 s by default, so the bound stands above that.
     */
    @WithDefault("35s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration maxStreamSilence();

    /** Log that one slot may keep from being removed. */
    @WithDefault("1G")
    @WithConverter(Converters.ByteSize.class)
    Long maxSlotRetention();
}

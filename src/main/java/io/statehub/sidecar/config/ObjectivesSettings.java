package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a failover may cost at most, and what a recovery could. */
public interface ObjectivesSettings {

    /** How long writes may be out (RTO). After that time without a new primary, nobody is said to take over. */
    @WithDefault("30s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration rto();

    /** How much acknowledged data may be lost, in seconds of it (RPO). */
    @WithDefault("0s")
    @WithConverter(Converters.NonNegativeDuration.class)
    Duration rpo();

    /** How old the newest good backup may be. */
    @WithDefault("26h")
    @WithConverter(Converters.Age.class)
    Duration backupAge();

    /** How long ago a restore may last have been verified. */
    @WithDefault("35d")
    @WithConverter(Converters.Age.class)
    Duration restoreAge();

    /** How long ago a failover may last have been drilled. */
    @WithDefault("92d")
    @WithConverter(Converters.Age.class)
    Duration failoverDrillAge();

    /** How long ago a segment of the log may last have been archived, while log is written. */
    @WithDefault("15m")
    @WithConverter(Converters.Age.class)
    Duration archiveAge();
}

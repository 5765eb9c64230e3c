package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often targets are asked, and how many answers it takes to believe them. */
public interface ProbeSettings {

    /** Time between two rounds. */
    @WithDefault("1s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration interval();

    /** Time for one database probe, connection included; no longer than the interval. */
    @WithDefault("900ms")
    @WithConverter(Converters.PositiveDuration.class)
    Duration deadline();

    /** Failures in a row after which a target is down. */
    @WithDefault("3")
    @WithConverter(Converters.Count.class)
    Integer failuresToDown();

    /** Answers in a row after which a target is up. */
    @WithDefault("2")
    @WithConverter(Converters.Count.class)
    Integer successesToUp();

    /** Age at which an observation no longer says anything; at least two intervals. */
    @WithDefault("5s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration staleAfter();
}

package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.statehub.sidecar.assessment.DatabasePolicy;
import java.time.Duration;

/** Whether a database that can't be written to makes the pod unready. */
public interface ReadinessSettings {

    /** {@code strict}: at once; {@code degrade}: after the grace period; {@code ignore}: never. */
    @WithDefault("degrade")
    @WithConverter(ChoiceConverters.DatabasePolicyName.class)
    DatabasePolicy databasePolicy();

    /** With {@code degrade}, how long the write path may be unusable. */
    @WithDefault("30s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration grace();
}

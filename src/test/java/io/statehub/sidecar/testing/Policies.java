package io.statehub.sidecar.testing;

import io.statehub.sidecar.assessment.AssessmentPolicy;
import io.statehub.sidecar.assessment.DatabasePolicy;
import io.statehub.sidecar.assessment.Hysteresis;
import io.statehub.sidecar.assessment.KubernetesPolicy;
import io.statehub.sidecar.assessment.ReadinessRule;
import java.time.Duration;

/** What observations are held to: one bound for all that can be late, silent or old, until a test says otherwise. */
public final class Policies {

    public static final Hysteresis HYSTERESIS = new Hysteresis(3, 2);
    private static final KubernetesPolicy KUBERNETES =
            new KubernetesPolicy(Duration.ofMinutes(1), Duration.ofHours(26), Duration.ofDays(35));

    /** Bytes that a standby may have left to replay. */
    public static final long MAX_LAG = 16L << 20;

    /** Bytes that a slot may keep. */
    public static final long MAX_SLOT_RETENTION = 1L << 30;

    private final Duration staleAfter;
    private Duration apiReadinessStaleAfter;
    private Duration maxStaleness;
    private Duration maxSilence;
    private ReadinessRule readiness;

    private Policies(Duration bound) {
        staleAfter = bound;
        apiReadinessStaleAfter = bound;
        maxStaleness = bound;
        maxSilence = bound;
        readiness = new ReadinessRule(DatabasePolicy.DEGRADE, bound);
    }

    public static AssessmentPolicy bounded(Duration bound) {
        return staleAfter(bound).policy();
    }

    public static Policies staleAfter(Duration bound) {
        return new Policies(bound);
    }

    public Policies apiReadinessStaleAfter(Duration bound) {
        apiReadinessStaleAfter = bound;
        return this;
    }

    public Policies maxStaleness(Duration bound) {
        maxStaleness = bound;
        return this;
    }

    public Policies maxSilence(Duration bound) {
        maxSilence = bound;
        return this;
    }

    public Policies readiness(DatabasePolicy database, Duration grace) {
        readiness = new ReadinessRule(database, grace);
        return this;
    }

    public AssessmentPolicy policy() {
        return new AssessmentPolicy(
                HYSTERESIS,
                staleAfter,
                apiReadinessStaleAfter,
                MAX_LAG,
                maxStaleness,
                maxSilence,
                MAX_SLOT_RETENTION,
                readiness,
                KUBERNETES,
                staleAfter);
    }
}

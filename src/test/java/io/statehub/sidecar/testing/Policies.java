package io.statehub.sidecar.testing;

import io.statehub.sidecar.assessment.AssessmentPolicy;
import io.statehub.sidecar.assessment.DatabasePolicy;
import io.statehub.sidecar.assessment.Hysteresis;
import io.statehub.sidecar.assessment.KubernetesPolicy;
import io.statehub.sidecar.assessment.ReadinessRule;
import java.time.Duration;

/** What observations are held to where a test is not about that. */
public final class Policies {

    public static final Hysteresis HYSTERESIS = new Hysteresis(3, 2);
    public static final KubernetesPolicy KUBERNETES =
            new KubernetesPolicy(Duration.ofMinutes(1), Duration.ofHours(26), Duration.ofDays(35));

    private Policies() {}

    /** With one bound for whatever can be late, silent or old. */
    public static AssessmentPolicy bounded(Duration bound) {
        return new AssessmentPolicy(
                HYSTERESIS,
                bound,
                bound,
                16L << 20,
                bound,
                bound,
                1L << 30,
                new ReadinessRule(DatabasePolicy.DEGRADE, bound),
                KUBERNETES,
                bound);
    }
}

package io.statehub.sidecar.agent;

import io.statehub.sidecar.assessment.AssessmentPolicy;
import io.statehub.sidecar.assessment.Hysteresis;
import io.statehub.sidecar.assessment.KubernetesPolicy;
import io.statehub.sidecar.assessment.ReadinessRule;
import io.statehub.sidecar.config.Settings;
import java.time.Duration;

/** From settings to the bounds of the assessment, which knows no settings. */
final class AssessmentPolicies {

    private AssessmentPolicies() {}

    static AssessmentPolicy of(Settings settings) {
        Duration staleAfter = settings.probe().staleAfter();
        return new AssessmentPolicy(
                new Hysteresis(
                        settings.probe().failuresToDown(), settings.probe().successesToUp()),
                staleAfter,
                staleAfter.plus(settings.api().readinessInterval()),
                settings.replication().maxLagBytes(),
                settings.replication().maxStaleness(),
                settings.replication().maxStreamSilence(),
                settings.replication().maxSlotRetention(),
                new ReadinessRule(
                        settings.readiness().databasePolicy(),
                        settings.readiness().grace()),
                new KubernetesPolicy(
                        settings.kubernetes().staleAfter(),
                        settings.objectives().backupAge(),
                        settings.objectives().restoreAge()),
                staleAfter.plus(settings.heartbeat().interval()));
    }
}

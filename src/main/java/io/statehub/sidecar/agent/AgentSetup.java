package io.statehub.sidecar.agent;

import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.probe.TimeSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the parts of the core from settings and the machine's clocks. */
@Singleton
class AgentSetup {

    @Produces
    @Singleton
    TimeSource time() {
        return TimeSource.system();
    }

    @Produces
    @Singleton
    Assessor assessor(Settings settings) {
        return new Assessor(AssessmentPolicies.of(settings));
    }

    @Produces
    @Singleton
    Snapshots snapshots(TimeSource time, Settings settings, Assessor assessor) {
        ObservationRound nothing =
                ObservationRound.none(time.now(), settings.postgres().memberNames());
        AgentSnapshot first = new AgentSnapshot(0, nothing, assessor.begin(nothing));
        return new Snapshots(time, settings.probe().staleAfter(), first);
    }
}

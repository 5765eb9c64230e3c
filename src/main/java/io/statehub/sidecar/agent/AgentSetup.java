package io.statehub.sidecar.agent;

import io.quarkus.runtime.annotations.CommandLineArguments;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.config.HostName;
import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.ObjectivesSettings;
import io.statehub.sidecar.config.ReplicationSettings;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.kubernetes.EventPoster;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Allowances;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.snapshot.Viewpoint;
import io.statehub.sidecar.time.TimeSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Makes the parts of the core from settings and the machine's clocks. */
@Singleton
class AgentSetup {

    @Produces
    @Singleton
    RunMode mode(@CommandLineArguments String[] arguments) {
        return RunMode.of(arguments);
    }

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
    FailoverTracker tracker(Settings settings) {
        return new FailoverTracker(new Objectives(
                settings.objectives().rto(), settings.objectives().rpo()));
    }

    @Produces
    @Singleton
    Snapshots snapshots(TimeSource time, Settings settings, Assessor assessor, FailoverTracker tracker) {
        ObservationRound nothing = ObservationRound.none(
                time.now(),
                settings.postgres().fixedMembers().stream()
                        .map(MemberAddress::name)
                        .toList());
        Tracking begin = Tracking.begin(
                nothing.at(), WriteLedger.empty(settings.heartbeat().history()));
        AgentSnapshot first = AgentSnapshot.first(nothing, assessor, begin, tracker.objectives());
        return new Snapshots(time, allowances(settings), first);
    }

    @Produces
    @Singleton
    Viewpoint viewpoint(Settings settings) {
        return new Viewpoint(
                settings.kubernetes().pod().orElseGet(HostName::get),
                settings.kubernetes().cluster(),
                settings.probe().interval(),
                settings.page().runbooksUrl());
    }

    static Allowances allowances(Settings settings) {
        ReplicationSettings replication = settings.replication();
        ObjectivesSettings objectives = settings.objectives();
        return new Allowances(
                settings.probe().staleAfter(),
                replication.maxLagBytes(),
                replication.maxStaleness(),
                replication.maxStreamSilence(),
                replication.maxSlotRetention(),
                Map.of(
                        ApiCheck.LIVENESS, settings.api().livenessTimeout(),
                        ApiCheck.READINESS, settings.api().readinessTimeout()),
                settings.api().readinessInterval(),
                objectives.rto(),
                objectives.rpo(),
                objectives.backupAge(),
                objectives.restoreAge(),
                objectives.failoverDrillAge(),
                objectives.archiveAge());
    }

    /** Where Kubernetes isn't asked, nobody is told. */
    @Produces
    @Singleton
    EventPoster events(KubernetesAccess kubernetes) {
        return draft -> kubernetes.link().ifPresent(link -> link.events().post(draft));
    }
}

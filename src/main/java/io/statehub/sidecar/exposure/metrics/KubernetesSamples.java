package io.statehub.sidecar.exposure.metrics;

import io.statehub.sidecar.assessment.InstanceVolume;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.observation.kubernetes.ConditionStatus;
import io.statehub.sidecar.observation.kubernetes.DrilledFailover;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.OperatorPhase;
import io.statehub.sidecar.observation.kubernetes.PodState;
import io.statehub.sidecar.observation.kubernetes.Robustness;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

/** The samples of what Kubernetes says, from the one sidecar that acts for all. */
final class KubernetesSamples {

    private KubernetesSamples() {}

    static void add(AgentSnapshot snapshot, Families families) {
        boolean acts = snapshot.round().leadership().acts();
        families.add(Metric.LEADER, acts);
        if (acts) {
            snapshot.assessment().kubernetes().ifPresent(view -> view(view, families));
        }
    }

    private static void view(KubernetesView view, Families families) {
        view.state().byResource().forEach((resource, watched) -> watch(resource.label(), watched, families));
        counts(Metric.NODES, view.known(view.state().nodes()).isPresent(), view.nodes(), NodeState::ready, families);
        counts(
                Metric.API_PODS,
                view.known(view.state().apiPods()).isPresent(),
                view.apiPods(),
                PodState::ready,
                families);
        if (view.known(view.state().apiPods()).isPresent()) {
            families.add(Metric.API_PODS_RUNNING, (long) view.runningApiPods().size());
        }
        for (PodState pod : view.instancePods()) {
            view.nodeOf(pod.name())
                    .filter(node -> node.ready() != ConditionStatus.UNKNOWN)
                    .ifPresent(
                            node -> families.add(Metric.NODE_READY, node.ready() == ConditionStatus.TRUE, pod.name()));
        }
        view.cluster().ifPresent(operator -> operator(operator, families));
        volumes(view.volumes(), families);
        families.addSeconds(Metric.BACKUP_AGE, view.backups().age());
        families.addSeconds(Metric.RESTORE_VERIFIED_AGE, view.restoreAge());
        families.addSeconds(Metric.FAILOVER_DRILL_AGE, view.failoverDrillAge());
        view.failoverDrill().ifPresent(drill -> drill(drill, families));
        families.addSeconds(
                Metric.RECOVERY_WINDOW,
                view.backups()
                        .firstRecoverabilityPoint()
                        .map(first -> Duration.between(first, view.at().wallClock())));
    }

    private static void drill(DrilledFailover drill, Families families) {
        families.addState(Metric.FAILOVER_DRILL_VERDICT, DrilledFailover.DrillVerdict.class, drill.verdict());
        families.addSeconds(Metric.FAILOVER_DRILL_OUTAGE, drill.outageAtMost());
    }

    private static void watch(String resource, Watched<?> watched, Families families) {
        if (watched.state() == Watched.State.OFF) {
            return;
        }
        for (Watched.State state : EnumSet.complementOf(EnumSet.of(Watched.State.OFF))) {
            families.add(Metric.KUBERNETES_WATCH, state == watched.state(), resource, state.label());
        }
    }

    private static <T> void counts(
            Metric metric, boolean known, List<T> all, Function<T, ConditionStatus> ready, Families families) {
        if (!known) {
            return;
        }
        for (ConditionStatus status : ConditionStatus.values()) {
            long count = all.stream().filter(one -> ready.apply(one) == status).count();
            families.add(metric, count, status.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void operator(OperatorCluster operator, Families families) {
        OperatorPhase said = OperatorPhase.of(operator.phase()).orElse(null);
        for (OperatorPhase phase : OperatorPhase.values()) {
            families.add(Metric.OPERATOR_PHASE, phase == said, phase.label());
        }
        add(Metric.OPERATOR_INSTANCES, operator.instances(), families);
        add(Metric.OPERATOR_READY, operator.readyInstances(), families);
    }

    private static void add(Metric metric, OptionalInt value, Families families) {
        value.ifPresent(number -> families.add(metric, (long) number));
    }

    /** A member may have a volume for its data and one for its log: each stands for itself. */
    private static void volumes(List<InstanceVolume> volumes, Families families) {
        for (InstanceVolume volume : volumes) {
            families.addState(
                    Metric.VOLUME_ROBUSTNESS, Robustness.class, volume.robustness(), volume.instance(), volume.use());
            volume.missing()
                    .ifPresent(missing -> families.add(
                            Metric.VOLUME_MISSING_REPLICAS, (long) missing, volume.instance(), volume.use()));
        }
    }
}

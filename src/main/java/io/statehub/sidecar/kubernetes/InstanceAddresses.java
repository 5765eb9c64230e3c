package io.statehub.sidecar.kubernetes;

import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.SettingsCheck;
import io.statehub.sidecar.observation.kubernetes.KubernetesState;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.PodState;
import io.statehub.sidecar.observation.kubernetes.Watched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The members of a cnpg cluster with their addresses, as Kubernetes has them.
 *
 * <p>An instance is a member from when the operator names it until it doesn't any more. That its pod is gone, as while
 * its node is lost, makes it a member that doesn't answer, not one that never was.
 */
final class InstanceAddresses {

    private static final int POSTGRES_PORT = 5432;

    private InstanceAddresses() {}

    /**
     * The members now.
     *
     * @param before those of last time, whose addresses hold for instances that have none just now
     * @return empty if nothing new can be said
     */
    static Optional<List<Instance>> of(KubernetesState state, List<Instance> before) {
        if (!(state.cluster() instanceof Watched.Current<OperatorCluster> clusters)
                || !(state.instancePods() instanceof Watched.Current<PodState> pods)
                || clusters.objects().isEmpty()) {
            return Optional.empty();
        }
        Map<String, MemberAddress> known = new LinkedHashMap<>();
        before.forEach(instance -> instance.address().ifPresent(address -> known.put(instance.name(), address)));
        pods.objects().stream()
                .filter(pod -> !pod.finished())
                .forEach(pod -> address(pod).ifPresent(address -> known.put(pod.name(), address)));
        List<Instance> now = new ArrayList<>();
        names(clusters.objects().get(0), pods.objects()).stream()
                .limit(SettingsCheck.MAX_MEMBERS)
                .forEach(name -> now.add(new Instance(name, Optional.ofNullable(known.get(name)))));
        return Optional.of(List.copyOf(now));
    }

    /** Before the operator has named any, those that have a pod. */
    private static Set<String> names(OperatorCluster cluster, List<PodState> pods) {
        Stream<String> names = cluster.instanceNames().isEmpty()
                ? pods.stream().filter(pod -> !pod.finished()).map(PodState::name)
                : cluster.instanceNames().stream();
        Set<String> sorted = new LinkedHashSet<>();
        names.sorted().forEach(sorted::add);
        return sorted;
    }

    private static Optional<MemberAddress> address(PodState pod) {
        return pod.address()
                .map(address -> new MemberAddress(
                        pod.name(),
                        address.contains(":") ? "[" + address + "]" : address,
                        pod.postgresPort().orElse(POSTGRES_PORT)));
    }
}

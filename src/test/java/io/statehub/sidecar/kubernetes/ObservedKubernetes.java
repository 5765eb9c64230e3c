package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.statehub.sidecar.observation.EventsNotPosted;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.KubernetesObservation;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.kubernetes.KubernetesState;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the watches would hold of a fixture, read as they read it, with no server between. */
public final class ObservedKubernetes {

    /** In place of what a watch holds: why it holds nothing, or no longer. */
    private final Map<WatchedResource, Function<Watched.Current<?>, Watched<?>>> otherwise =
            new EnumMap<>(WatchedResource.class);

    private final FixtureCluster cluster;
    private Leadership leadership = new Leadership(Leadership.Role.LEADS, Optional.of("state-hub-0"), Optional.empty());

    private ObservedKubernetes(FixtureCluster cluster) {
        this.cluster = cluster;
    }

    public static ObservedKubernetes of(FixtureCluster cluster) {
        return new ObservedKubernetes(cluster);
    }

    /** Nothing was ever seen of this kind. */
    public ObservedKubernetes unseen(WatchedResource resource, Moment since, FailureKind kind) {
        otherwise.put(resource, current -> new Watched.Unseen<>(since, failure(kind)));
        return this;
    }

    /** The watch of this kind is broken. */
    public ObservedKubernetes lost(WatchedResource resource, Moment since, FailureKind kind) {
        otherwise.put(resource, current -> lost(current, since, kind));
        return this;
    }

    private static <T> Watched<T> lost(Watched.Current<T> current, Moment since, FailureKind kind) {
        return new Watched.Lost<>(current, since, failure(kind));
    }

    /** Nothing came back yet. */
    public ObservedKubernetes pending(WatchedResource resource, Moment since) {
        otherwise.put(resource, current -> new Watched.Pending<>(since));
        return this;
    }

    public ObservedKubernetes off(WatchedResource resource) {
        otherwise.put(resource, current -> new Watched.Off<>());
        return this;
    }

    public ObservedKubernetes leadership(Leadership other) {
        leadership = other;
        return this;
    }

    private static Failure failure(FailureKind kind) {
        return new Failure(kind, "by the script");
    }

    /** As an observation that lacks its time. */
    public Sighting sighting() {
        return at -> new KubernetesObservation(at, Duration.ZERO, leadership, state(), EventsNotPosted.NONE);
    }

    /** Everything that is known. */
    public KubernetesState state() {
        return new KubernetesState(
                watched(CoreObjects.NODES, any -> true),
                watched(OperatorObjects.CLUSTERS, any -> true),
                watched(CoreObjects.LEASES, any -> true),
                watched(OperatorObjects.FAILOVER_QUORUMS, any -> true),
                watched(CoreObjects.INSTANCE_PODS, ObservedKubernetes::ofInstance),
                watched(CoreObjects.API_PODS, ObservedKubernetes::ofApi),
                watched(CoreObjects.CLAIMS, any -> true),
                watched(OperatorObjects.BACKUPS, any -> true),
                watched(OperatorObjects.SCHEDULED_BACKUPS, any -> true),
                watched(OperatorObjects.OBJECT_STORES, any -> true),
                watched(LonghornObjects.VOLUMES, any -> true),
                watched(LonghornObjects.ENGINES, any -> true),
                watched(LonghornObjects.REPLICAS, any -> true));
    }

    private static boolean ofApi(GenericKubernetesResource pod) {
        return "state-hub".equals(pod.getMetadata().getLabels().get("app.kubernetes.io/name"));
    }

    private static boolean ofInstance(GenericKubernetesResource pod) {
        return "instance".equals(pod.getMetadata().getLabels().get("cnpg.io/podRole"));
    }

    @SuppressWarnings("unchecked") // what stands in place of a watch is made of what it held
    private <T> Watched<T> watched(ObjectKind<T> kind, Predicate<GenericKubernetesResource> selection) {
        List<T> objects = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        for (GenericKubernetesResource object : cluster.objects()) {
            if (object.getKind().equals(kind.definition().getKind()) && selection.test(object)) {
                try {
                    objects.addAll(kind.read(object));
                } catch (MalformedObjectException e) {
                    malformed.add(e.getMessage());
                }
            }
        }
        Watched.Current<T> current = new Watched.Current<>(objects, malformed);
        Function<Watched.Current<?>, Watched<?>> other = otherwise.get(kind.resource());
        return other == null ? current : (Watched<T>) other.apply(current);
    }
}

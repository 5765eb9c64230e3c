package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.observation.kubernetes.ClaimState;
import io.statehub.sidecar.observation.kubernetes.ConditionStatus;
import io.statehub.sidecar.observation.kubernetes.DrilledFailover;
import io.statehub.sidecar.observation.kubernetes.EngineState;
import io.statehub.sidecar.observation.kubernetes.FailoverQuorum;
import io.statehub.sidecar.observation.kubernetes.KubernetesState;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.PodState;
import io.statehub.sidecar.observation.kubernetes.VolumeState;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Kubernetes says, as one thing: its objects joined with each other. What can't be relied on isn't there.
 *
 * @param state what is known of each kind
 * @param seen when the watches were looked at
 * @param at as of when this is judged
 * @param staleAfter how long a broken watch is still believed
 */
public record KubernetesView(KubernetesState state, Moment seen, Moment at, Duration staleAfter) {

    /** A time of another clock that lies this much ahead of ours is still now; one further ahead is a mistake. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** The view of what was observed, as of the round's moment; empty where Kubernetes isn't asked. */
    static Optional<KubernetesView> of(ObservationRound round, KubernetesPolicy policy) {
        return round.kubernetes()
                .map(observed -> new KubernetesView(observed.state(), observed.at(), round.at(), policy.staleAfter()));
    }

    /** What somebody wants of the cluster. */
    public Declared declared() {
        return new Declared(cluster());
    }

    /** The objects of one kind; empty if they are not known well enough to say anything. */
    public <T> Optional<List<T>> known(Watched<T> watched) {
        if (stale(seen)) {
            return Optional.empty();
        }
        if (watched instanceof Watched.Current<T> current) {
            return Optional.of(current.objects());
        }
        return watched instanceof Watched.Lost<T> lost && !stale(lost.since())
                ? Optional.of(lost.last().objects())
                : Optional.empty();
    }

    boolean stale(Moment since) {
        return at.since(since).compareTo(staleAfter) > 0;
    }

    <T> List<T> all(Watched<T> watched) {
        return known(watched).orElse(List.of());
    }

    public Optional<OperatorCluster> cluster() {
        return all(state.cluster()).stream().findFirst();
    }

    /** Which standbys may be promoted without a loss, as the operator noted it. */
    public Optional<FailoverQuorum> failoverQuorum() {
        return all(state.failoverQuorum()).stream()
                .filter(quorum -> isCluster(quorum.name()))
                .findFirst();
    }

    /** Who holds the lease of the cluster's primary. */
    Optional<String> primaryLeaseHolder() {
        return all(state.lease()).stream()
                .filter(lease -> isCluster(lease.name()))
                .flatMap(lease -> lease.holder().stream())
                .findFirst();
    }

    public List<NodeState> nodes() {
        return all(state.nodes());
    }

    public Optional<NodeState> node(String name) {
        return nodes().stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** The pods of the database that have not run to their end. */
    public List<PodState> instancePods() {
        return all(state.instancePods()).stream().filter(pod -> !pod.finished()).toList();
    }

    /**
     * Whether the kubelet of a node that is ready says that an instance's pod has run to its end; a lost node says
     * nothing.
     */
    public boolean ended(String instance) {
        return all(state.instancePods()).stream()
                .filter(pod -> pod.name().equals(instance) && pod.finished())
                .flatMap(pod -> pod.node().stream())
                .flatMap(node -> node(node).stream())
                .anyMatch(node -> node.ready() == ConditionStatus.TRUE);
    }

    /** The pods of the API that are meant to stay. */
    public List<PodState> apiPods() {
        return all(state.apiPods()).stream()
                .filter(pod -> !pod.finished() && !pod.deleting())
                .toList();
    }

    /** Those of them that run, on nodes that are not known to be lost: each has a sidecar that can be heard. */
    public List<PodState> runningApiPods() {
        return apiPods().stream()
                .filter(pod -> pod.phase().equals("Running"))
                .filter(pod -> pod.node()
                        .flatMap(this::node)
                        .filter(node -> node.ready() != ConditionStatus.TRUE)
                        .isEmpty())
                .toList();
    }

    /** The node that an instance is placed on. */
    public Optional<NodeState> nodeOf(String instance) {
        return instancePods().stream()
                .filter(pod -> pod.name().equals(instance))
                .flatMap(pod -> pod.node().stream())
                .findFirst()
                .flatMap(this::node);
    }

    /** The volumes of the cluster's instances, joined by their claims. */
    public List<InstanceVolume> volumes() {
        List<InstanceVolume> volumes = new ArrayList<>();
        for (ClaimState claim : all(state.claims())) {
            if (claim.instance().isPresent()) {
                String name = claim.namespace() + "/" + claim.name();
                all(state.volumes()).stream()
                        .filter(volume -> volume.claim().filter(name::equals).isPresent())
                        .forEach(volume -> volumes.add(joined(claim, volume)));
            }
        }
        return volumes;
    }

    private InstanceVolume joined(ClaimState claim, VolumeState volume) {
        List<String> nodes = all(state.replicas()).stream()
                .filter(replica -> replica.volume().equals(volume.name()) && !replica.failed())
                .flatMap(replica -> replica.node().stream())
                .sorted()
                .toList();
        return new InstanceVolume(claim.instance().orElseThrow(), claim.use(), volume, whole(volume), nodes);
    }

    /** While a volume moves it has two engines, and one of them may know no replica yet: the poorer one is believed. */
    private OptionalInt whole(VolumeState volume) {
        return all(state.engines()).stream()
                .filter(engine -> engine.volume().equals(volume.name()))
                .filter(engine -> !engine.replicaModes().isEmpty())
                .mapToInt(engine -> (int) engine.replicaModes().values().stream()
                        .filter(EngineState.WHOLE::equals)
                        .count())
                .min();
    }

    /** What is known of the cluster's backups. */
    public BackupView backups() {
        return new BackupView(this);
    }

    boolean isCluster(String name) {
        return cluster().map(OperatorCluster::name).filter(name::equals).isPresent();
    }

    /**
     * How long ago a restore was last verified; empty if none was, or if what is written is no time in the past. The
     * clock is that of whoever wrote it.
     */
    public Optional<Duration> restoreAge() {
        return restoreVerified().flatMap(KubernetesView::time).flatMap(this::ageOf);
    }

    /** How long ago that was; empty if it is no time in the past. */
    Optional<Duration> ageOf(Instant written) {
        return Optional.of(Duration.between(written, at.wallClock()))
                .filter(age -> age.compareTo(CLOCKS_DIFFER.negated()) >= 0)
                .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    boolean isPast(Instant written) {
        return ageOf(written).isPresent();
    }

    /** The last failover drill; empty if there was none, or if its time is none in the past. */
    public Optional<DrilledFailover> failoverDrill() {
        return cluster()
                .flatMap(OperatorCluster::failoverDrill)
                .filter(drill -> ageOf(drill.at()).isPresent());
    }

    /** How long ago the last failover drill ended; the clock is that of whoever made it. */
    public Optional<Duration> failoverDrillAge() {
        return failoverDrill().flatMap(drill -> ageOf(drill.at()));
    }

    /** What is written of the last verified restore. */
    Optional<String> restoreVerified() {
        return cluster().flatMap(OperatorCluster::restoreVerified);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

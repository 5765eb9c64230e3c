package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.config.HostName;
import io.statehub.sidecar.config.KubernetesSettings;
import io.statehub.sidecar.observation.KubernetesObservation;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Everything that one sidecar has to do with Kubernetes: its watches, its lease, its events. */
public final class KubernetesLink implements AutoCloseable {

    /** Set in every pod. */
    private static final String IN_A_POD = "KUBERNETES_SERVICE_HOST";

    /** A watch that comes into step tells nobody. */
    private static final long LOOK_MILLIS = 100;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "kubernetes");
        thread.setDaemon(true);
        return thread;
    });
    private final TimeSource time;
    private final KubernetesWatches watches;
    private final Optional<LeaderLease> lease;
    private final ClusterEvents events;
    private List<Instance> instances = List.of();

    /** Prepares it; nothing is asked for before {@link #start}. */
    public KubernetesLink(KubernetesClient client, KubernetesSettings settings, TimeSource time) {
        this(client, settings, time, true);
    }

    /** One that only looks: it stands for no lease. */
    public static KubernetesLink toLook(KubernetesClient client, KubernetesSettings settings, TimeSource time) {
        return new KubernetesLink(client, settings, time, false);
    }

    private KubernetesLink(KubernetesClient client, KubernetesSettings settings, TimeSource time, boolean stands) {
        String namespace = settings.namespace().orElseGet(() -> ownNamespace(client));
        String pod = settings.pod().orElseGet(HostName::get);
        long room = KeptObjects.room(Runtime.getRuntime().maxMemory());
        this.time = time;
        this.watches = new KubernetesWatches(
                client,
                new WatchScope(namespace, settings.cluster(), settings.apiSelector(), settings.longhornNamespace()),
                settings.watch(),
                Backoff.USUAL,
                time,
                timer,
                room);
        this.lease = stands
                ? Optional.of(new LeaderLease(
                        client, namespace, settings.lease(), pod, settings.leaseDuration(), time, timer, room))
                : Optional.empty();
        this.events = new ClusterEvents(client, namespace, settings.cluster(), pod, time, timer);
    }

    /** Whether Kubernetes is to be asked from here. */
    public static boolean wanted(KubernetesSettings settings) {
        return switch (settings.enabled()) {
            case TRUE -> true;
            case FALSE -> false;
            case AUTO -> System.getenv(IN_A_POD) != null;
        };
    }

    private static String ownNamespace(KubernetesClient client) {
        String namespace = client.getNamespace();
        return namespace == null ? "default" : namespace;
    }

    public void start() {
        watches.start();
        lease.ifPresent(LeaderLease::start);
    }

    /**
     * Is done once every watch is in step or was refused, or else when they have had their time.
     *
     * @param atMost how long they have from now
     */
    public Future<?> settling(Duration atMost) {
        Moment begun = time.now();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Future<?> looks = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        if (settled() || time.now().since(begun).compareTo(atMost) >= 0) {
                            done.complete(null);
                        }
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                0,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
        return done.whenComplete((nothing, thrown) -> looks.cancel(false));
    }

    /** Whether every watch is in step, or was refused. */
    public boolean settled() {
        return watches.state().byResource().values().stream()
                .noneMatch(watched -> watched instanceof Watched.Pending<?> || watched instanceof Watched.Lost<?>);
    }

    /** What the watches hold and which part this sidecar has, as of now; asks nobody. */
    public KubernetesObservation observe() {
        Moment now = time.now();
        return new KubernetesObservation(now, Duration.ZERO, leadership(), watches.state(), events.notPosted());
    }

    /** Which part this sidecar has, as of now. */
    public Leadership leadership() {
        return lease.map(LeaderLease::leadership).orElseGet(Leadership::alone);
    }

    /** The cluster's instances by what was observed; empty as long as that is not known. */
    public synchronized Optional<List<Instance>> instances(KubernetesObservation observed) {
        Optional<List<Instance>> now = InstanceAddresses.of(observed.state(), instances);
        now.ifPresent(found -> instances = found);
        return now;
    }

    /** Where events are posted. */
    public ClusterEvents events() {
        return events;
    }

    @Override
    public void close() {
        lease.ifPresent(LeaderLease::close);
        watches.close();
        timer.shutdownNow();
    }
}

package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.Leadership.Role;
import io.statehub.sidecar.observation.kubernetes.LeaseState;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The lease by which one of several sidecars leads (decision 0008).
 *
 * <p>What a leader does harms nobody if two do it: each writes heartbeats under a name of its own. So a leader that
 * can't reach the API server continues until it learns that another one leads, and one that stands by acts alone when
 * nobody could be asked for twice the lease's duration. A database that fails over together with the control plane is
 * still watched.
 */
final class LeaderLease implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LeaderLease.class);

    /** How often a lease that has run out is looked for; costs no request (see {@link SparingLock}). */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final ScheduledExecutorService timer;
    private final TimeSource time;
    private final Duration duration;
    private final ResourceWatch<LeaseState> watch;
    private final SparingLock lock;
    private final Moment begun;
    private @Nullable CompletableFuture<?> election;
    private boolean closed;

    /**
     * Prepares the election.
     *
     * @param identity this sidecar's own name, which no other has
     * @param duration after how long without a renewal another one leads
     */
    LeaderLease(
            KubernetesClient client,
            String namespace,
            String name,
            String identity,
            Duration duration,
            TimeSource time,
            ScheduledExecutorService timer,
            long room) {
        this.client = client;
        this.timer = timer;
        this.time = time;
        this.duration = duration;
        this.begun = time.now();
        this.watch = new ResourceWatch<>(
                CoreObjects.LEASES,
                client.genericKubernetesResources(CoreObjects.LEASES.definition())
                        .inNamespace(namespace)
                        .withField("metadata.name", name),
                Backoff.USUAL,
                time,
                timer,
                room);
        this.lock = new SparingLock(new LeaseLock(namespace, name, identity), watch::state, duration, time);
    }

    void start() {
        watch.start();
        elect();
    }

    /** An elector serves once: when it has led and lost, the next one takes its place. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an election is told to the second stage
    private synchronized void elect() {
        if (closed) {
            return;
        }
        LeaderElectionConfig config = new LeaderElectionConfigBuilder()
                .withName("state-hub-sidecar")
                .withLock(lock)
                .withLeaseDuration(duration)
                .withRenewDeadline(duration.multipliedBy(2).dividedBy(3))
                .withRetryPeriod(LOOK)
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(() -> {}, () -> {}, leader -> {}))
                .build();
        CompletableFuture<?> next =
                client.leaderElector().withConfig(config).build().start();
        election = next;
        next.whenComplete((ended, thrown) -> electAgain(thrown));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // an election that can't begin is logged
    private synchronized void electAgain(@Nullable Throwable thrown) {
        if (closed || timer.isShutdown()) {
            return;
        }
        if (thrown != null) {
            LOG.debugf(thrown, "an election ended");
        }
        timer.schedule(this::elect, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** This sidecar's part as of now. */
    Leadership leadership() {
        return new Leadership(role(), lock.holder(), lock.failure());
    }

    private Role role() {
        Optional<String> holder = lock.holder();
        if (holder.filter(lock.identity()::equals).isPresent()) {
            return Role.LEADS;
        }
        Moment now = time.now();
        boolean outOfTouch = lock.failingSince()
                .filter(since -> now.since(since).compareTo(duration.multipliedBy(2)) > 0)
                .isPresent();
        boolean neverInTouch = holder.isEmpty()
                && lock.failingSince().isPresent()
                && now.since(begun).compareTo(duration) > 0;
        return outOfTouch || neverInTouch ? Role.ALONE : Role.STANDS_BY;
    }

    /** Gives the lease back, so that another one leads at once. */
    @Override
    public void close() {
        CompletableFuture<?> last;
        synchronized (this) {
            closed = true;
            last = election;
        }
        if (last != null) {
            last.cancel(true);
        }
        watch.close();
    }
}

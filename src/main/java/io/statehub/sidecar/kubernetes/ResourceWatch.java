package io.statehub.sidecar.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in step with all objects of one kind, and says what is known of them.
 *
 * <p>The client lists once and watches from there on, and mends a broken watch with growing pauses. What it can't mend
 * is stopped and begun again after the {@link Backoff}; so is what it doesn't mend in time, since it tells nobody why a
 * watch isn't renewed, but why a list is refused. Objects are read when they have changed, not each time that somebody
 * asks.
 */
final class ResourceWatch<T> implements ResourceEventHandler<GenericKubernetesResource>, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ResourceWatch.class);

    private final ObjectKind<T> kind;
    private final Informable<GenericKubernetesResource> objects;
    private final Backoff backoff;
    private final TimeSource time;
    private final ScheduledExecutorService timer;
    private final Moment begun;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private @Nullable SharedIndexInformer<GenericKubernetesResource> informer;
    private Watched.@Nullable Current<T> read;
    private @Nullable Failure failure;
    private @Nullable Moment failedSince;
    private @Nullable Moment brokenSince;
    private Moment started;
    private boolean listingAnew;
    private boolean closed;

    /**
     * Prepares the watch; nothing is asked for before {@link #start}.
     *
     * @param objects those to keep in step with
     */
    ResourceWatch(
            ObjectKind<T> kind,
            Informable<GenericKubernetesResource> objects,
            Backoff backoff,
            TimeSource time,
            ScheduledExecutorService timer) {
        this.kind = kind;
        this.objects = objects;
        this.backoff = backoff;
        this.time = time;
        this.timer = timer;
        this.begun = time.now();
        this.started = begun;
    }

    synchronized void start() {
        if (closed) {
            return;
        }
        SharedIndexInformer<GenericKubernetesResource> next = objects.runnableInformer(0);
        next.addEventHandler(this);
        next.exceptionHandler((started, thrown) -> failed(next, thrown));
        informer = next;
        started = time.now();
        listingAnew = false;
        // What the last one had seen may be gone without a word to this one.
        changed.set(true);
        // How it ends is told to the exception handler; the stage says the same again.
        next.start().exceptionally(thrown -> null);
    }

    /** Whether the client should try again by itself. */
    private synchronized boolean failed(SharedIndexInformer<GenericKubernetesResource> of, Throwable thrown) {
        if (of != informer) {
            return false;
        }
        Failure fault = ApiServerFaults.classify(thrown, kind.described());
        failure = fault;
        if (failedSince == null) {
            failedSince = time.now();
        }
        Optional<Duration> pause = backoff.after(fault.kind());
        pause.ifPresent(this::startAfter);
        return pause.isEmpty() && !closed;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a start that fails tells the exception handler
    private void startAfter(Duration pause) {
        if (!timer.isShutdown()) {
            timer.schedule(this::restart, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void restart() {
        try {
            stopInformer();
            start();
        } catch (RuntimeException e) {
            LOG.errorf(e, "the watch of %s could not be restarted", kind.described());
            startAfter(backoff.denied());
        }
    }

    /** What is known now. */
    synchronized Watched<T> state() {
        SharedIndexInformer<GenericKubernetesResource> current = informer;
        Watched.Current<T> last = current != null && current.hasSynced() ? read(current) : read;
        if (last != null && current != null && current.isWatching()) {
            failure = null;
            failedSince = null;
            brokenSince = null;
            return last;
        }
        Moment now = time.now();
        // A watch is closed and begun again every few minutes: that is no fault, and has none to name.
        Failure why = failure == null
                ? new Failure(FailureKind.RESET, kind.described() + ": the watch ended, and is being restarted")
                : failure;
        if (last != null && !withdrawn(why.kind())) {
            if (brokenSince == null) {
                brokenSince = now;
            }
            listAnewIfInDoubt(current, now);
            return new Watched.Lost<>(last, brokenSince, why);
        }
        return failure == null
                ? new Watched.Pending<>(begun)
                : new Watched.Unseen<>(failedSince == null ? now : failedSince, failure);
    }

    /** A list that is on its way is left alone, and so is a fault that is known already. */
    private void listAnewIfInDoubt(@Nullable SharedIndexInformer<GenericKubernetesResource> current, Moment now) {
        if (listingAnew || failure != null || current == null || !current.hasSynced()) {
            return;
        }
        boolean doubted = now.since(started).compareTo(backoff.doubt()) > 0
                && now.since(requireNonNull(brokenSince)).compareTo(backoff.doubt()) > 0;
        if (doubted) {
            listingAnew = true;
            startAfter(Duration.ZERO);
        }
    }

    /** Whether we are told not to look: what was seen before is then no more than memory. */
    private boolean withdrawn(FailureKind reason) {
        return backoff.after(reason).isPresent();
    }

    private Watched.Current<T> read(SharedIndexInformer<GenericKubernetesResource> from) {
        Watched.Current<T> before = read;
        if (before != null && !changed.getAndSet(false)) {
            return before;
        }
        changed.set(false);
        List<T> readable = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        from.getStore().list().stream()
                .sorted(Comparator.comparing(ResourceWatch::name))
                .forEach(object -> {
                    try {
                        readable.addAll(kind.read(object));
                    } catch (MalformedObjectException e) {
                        malformed.add(kind.definition().getPlural() + "/" + name(object) + ": " + e.getMessage());
                    }
                });
        Watched.Current<T> now = new Watched.Current<>(readable, malformed);
        read = now;
        return now;
    }

    private static String name(GenericKubernetesResource object) {
        return String.valueOf(object.getMetadata().getName());
    }

    @Override
    public void onAdd(GenericKubernetesResource added) {
        changed.set(true);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
        changed.set(true);
    }

    @Override
    public void onDelete(GenericKubernetesResource deleted, boolean finalStateUnknown) {
        changed.set(true);
    }

    /** The client is stopped outside of our lock: what it says of its end takes that lock too. */
    private void stopInformer() {
        SharedIndexInformer<GenericKubernetesResource> current;
        synchronized (this) {
            current = informer;
            informer = null;
        }
        if (current != null) {
            current.stop();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        stopInformer();
    }
}

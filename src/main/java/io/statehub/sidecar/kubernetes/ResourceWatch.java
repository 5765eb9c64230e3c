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
 * watch isn't renewed, but why a list is refused. Objects are listed page by page and read as they come; what there is
 * no room for ends the watch, since a part of them would pass for the whole.
 */
final class ResourceWatch<T> implements ResourceEventHandler<GenericKubernetesResource>, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ResourceWatch.class);

    /** A node may have a hundred thousand bytes, and a page is in memory as a whole. */
    private static final long OBJECTS_OF_A_PAGE = 20;

    private final ObjectKind<T> kind;
    private final Informable<GenericKubernetesResource> objects;
    private final Backoff backoff;
    private final TimeSource time;
    private final ScheduledExecutorService timer;
    private final long room;
    private final Moment begun;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private @Nullable SharedIndexInformer<GenericKubernetesResource> informer;
    private KeptObjects<T> kept;
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
     * @param room how many bytes may be kept of them, roughly
     */
    ResourceWatch(
            ObjectKind<T> kind,
            Informable<GenericKubernetesResource> objects,
            Backoff backoff,
            TimeSource time,
            ScheduledExecutorService timer,
            long room) {
        this.kind = kind;
        this.objects = objects.withLimit(OBJECTS_OF_A_PAGE);
        this.backoff = backoff;
        this.time = time;
        this.timer = timer;
        this.room = room;
        this.kept = new KeptObjects<>(kind, room);
        this.begun = time.now();
        this.started = begun;
    }

    synchronized void start() {
        if (closed) {
            return;
        }
        SharedIndexInformer<GenericKubernetesResource> next = objects.runnableInformer(0);
        kept = new KeptObjects<>(kind, room);
        next.itemStore(kept);
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
        failed(fault);
        Optional<Duration> pause = backoff.after(fault.kind());
        pause.ifPresent(this::startAfter);
        return pause.isEmpty() && !closed;
    }

    private void failed(Failure fault) {
        failure = fault;
        if (failedSince == null) {
            failedSince = time.now();
        }
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
        giveUpIfOverfull();
        SharedIndexInformer<GenericKubernetesResource> current = informer;
        Watched.Current<T> last = current != null && current.hasSynced() ? read() : read;
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

    /** The client would continue to ask for what nobody can keep, and there won't be less of it in a second. */
    private void giveUpIfOverfull() {
        SharedIndexInformer<GenericKubernetesResource> current = informer;
        if (current != null && kept.overfull()) {
            informer = null;
            // What was known is a part of what there is by now.
            read = null;
            failed(ApiServerFaults.noRoom(kind.described()));
            startAfter(backoff.denied());
            if (!timer.isShutdown()) {
                timer.execute(current::stop);
            }
        }
    }

    private Watched.Current<T> read() {
        Watched.Current<T> before = read;
        if (before != null && !changed.getAndSet(false)) {
            return before;
        }
        changed.set(false);
        Watched.Current<T> now = kept.current();
        read = now;
        return now;
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

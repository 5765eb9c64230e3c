package io.statehub.sidecar.agent;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.Journal;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.ListenerOrder;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Hands what the tracker notices to the journal, on a thread of its own: a disk that hangs holds up neither a probe nor
 * the start. At the start it gives back where the predecessor ended.
 */
@Singleton
@Priority(ListenerOrder.JOURNAL)
public class FailoverJournal implements SnapshotListener {

    private static final Logger LOG = Logger.getLogger(FailoverJournal.class);

    /** A disk that has not said by then what it has is begun without. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(5);

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Optional<Journal> journal;
    private final Duration longestRead;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(FailoverJournal::thread);
    private final AtomicBoolean asked = new AtomicBoolean();

    /** A command has nothing to remember: the directory is that of the sidecar. */
    @Inject
    FailoverJournal(Settings settings, RunMode mode, TimeSource time) {
        this(
                settings.journal()
                        .directory()
                        .filter(directory -> mode.watches())
                        .map(directory ->
                                new Journal(directory, settings.journal().maxSize(), time)),
                LONGEST_READ);
    }

    FailoverJournal(Optional<Journal> journal, Duration longestRead) {
        this.journal = journal;
        this.longestRead = longestRead;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "journal");
        thread.setDaemon(true);
        return thread;
    }

    /** Where the predecessor ended; {@code begin} if there was none, or nothing is remembered of it. */
    Tracking resumed(Tracking begin) {
        Tracking tracking = journal.map(it -> read(it, begin)).orElse(begin);
        tracking.state()
                .incident()
                .ifPresent(incident -> LOG.infof(
                        "journal: continuing the incident %s, in state %s",
                        incident.id(), tracking.state().label()));
        return tracking;
    }

    private Tracking read(Journal from, Tracking begin) {
        Future<Tracking> reading = writer.submit(() -> from.resume(begin));
        try {
            return reading.get(longestRead.toMillis(), MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("journal: it could not be read within %d s, so nothing is remembered", longestRead.toSeconds());
        } catch (ExecutionException e) {
            LOG.error("journal: it could not be read, by a fault of ours, so nothing is remembered", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        from.beginWithout();
        return begin;
    }

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        journal.ifPresent(it -> {
            it.note(current.failover(), current.at());
            write(it);
        });
    }

    /** However many snapshots come while the disk hangs, one call is out and one waits. */
    private void write(Journal to) {
        if (asked.compareAndSet(false, true)) {
            try {
                writer.execute(() -> {
                    asked.set(false);
                    to.write();
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("the process ends: what comes now is not written", e);
            }
        }
    }

    /** How the journal fares; nothing if there is none. */
    Optional<JournalObservation> observe(Moment now) {
        return journal.map(it -> it.observe(now));
    }

    void stop(@Observes ShutdownEvent event) {
        journal.ifPresent(it -> writer.execute(it::close));
        writer.shutdown();
        try {
            if (!writer.awaitTermination(LAST_WORDS.toMillis(), MILLISECONDS)) {
                LOG.warn("the journal's disk hangs: what it has not taken yet is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

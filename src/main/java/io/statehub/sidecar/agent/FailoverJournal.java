package io.statehub.sidecar.agent;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.config.JournalSettings;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.Journal;
import io.statehub.sidecar.journal.JournalStatus;
import io.statehub.sidecar.journal.MonotonicOrigin;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.record.FailoverLines;
import io.statehub.sidecar.record.FailoverRecorder;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.time.Moment;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.jboss.logging.Logger;

/**
 * Hands what the tracker notices to the journal, on a thread of its own: a disk that hangs holds up no probe. At the start
 * it gives back where the predecessor ended.
 */
@Singleton
public class FailoverJournal implements SnapshotListener {

    private static final Logger LOG = Logger.getLogger(FailoverJournal.class);

    /** Steps that may wait for a disk that hangs; at three a second, five minutes. */
    private static final int MOST_WAITING = 1000;

    /** A disk that takes longer is worth a finding. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final FailoverLines lines =
            new FailoverLines(MonotonicOrigin.current().map(MonotonicOrigin::id));
    private final FailoverRecorder recorder = new FailoverRecorder(lines);
    private final List<JsonObject> remembered = new ArrayList<>();
    private final Journal journal;
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1, 1, 0, MILLISECONDS, new ArrayBlockingQueue<>(MOST_WAITING), FailoverJournal::thread);
    private volatile Optional<AgentSnapshot> latest = Optional.empty();
    private volatile Optional<Moment> writingSince = Optional.empty();

    /** A command has nothing to remember: the directory is that of the sidecar. */
    FailoverJournal(Settings settings, RunMode mode) {
        JournalSettings journalSettings = settings.journal();
        journal = journalSettings
                .directory()
                .filter(directory -> mode.watches())
                .map(directory ->
                        Journal.open(directory, journalSettings.maxSize(), this::carriedOver, remembered::add))
                .orElseGet(Journal::off);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "journal");
        thread.setDaemon(true);
        return thread;
    }

    /** Where the predecessor ended; {@code begin} if there was none, or nothing is remembered of it. */
    Tracking resumed(Tracking begin, Moment now) {
        FailoverLines.Resumed resumed = lines.resume(remembered, begin, now);
        resumed.unreadable().forEach(line -> LOG.warnf("journal: not understood, and left where it is: %s", line));
        remembered.clear();
        Tracking tracking = resumed.tracking();
        tracking.state()
                .incident()
                .ifPresent(incident -> LOG.infof(
                        "journal: going on with the incident %s, in state %s",
                        incident.id(), tracking.state().label()));
        return tracking;
    }

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        latest = Optional.of(current);
        try {
            writer.execute(() -> write(current.failover(), current.at()));
        } catch (RejectedExecutionException e) {
            LOG.debug("the journal's disk hangs, or the process ends: a step is not written", e);
        }
    }

    private void write(FailoverTracker.Step step, Moment at) {
        writingSince = Optional.of(at);
        try {
            recorder.lines(step, at).forEach(journal::append);
        } catch (RuntimeException e) {
            LOG.error("the journal could not be written, by a fault of ours", e);
        } finally {
            writingSince = Optional.empty();
        }
    }

    /** What a new segment begins with, so that nothing is lost with the oldest one. */
    private List<JsonObject> carriedOver() {
        List<JsonObject> needed = new ArrayList<>();
        latest.ifPresent(snapshot -> {
            List<Incident> history = snapshot.tracking().history();
            for (int i = history.size() - 1; i >= 0; i--) {
                needed.add(lines.incident(history.get(i)));
            }
            needed.add(lines.checkpoint(snapshot.tracking(), snapshot.at()));
        });
        return needed;
    }

    public JournalStatus status() {
        return journal.status();
    }

    /** How the journal fares; nothing if there is none. */
    Optional<JournalObservation> observe(Moment now) {
        JournalStatus status = journal.status();
        if (status.state() == JournalStatus.State.OFF) {
            return Optional.empty();
        }
        Optional<String> hanging = writingSince
                .map(now::since)
                .filter(waited -> waited.compareTo(SLOW) > 0)
                .map(waited -> "the disk has not answered for " + waited.toSeconds() + " s");
        Optional<Failure> failure =
                status.problem().or(() -> hanging).map(problem -> new Failure(FailureKind.STORAGE, problem));
        return Optional.of(new JournalObservation(now, Duration.ZERO, failure));
    }

    void stop(@Observes ShutdownEvent event) throws IOException {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(LAST_WORDS.toMillis(), MILLISECONDS)) {
                LOG.warn("the journal's disk hangs: what it has not taken yet is lost");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}

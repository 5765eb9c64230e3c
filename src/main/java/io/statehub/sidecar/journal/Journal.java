package io.statehub.sidecar.journal;

import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.WaitingLines.Waiting;
import io.statehub.sidecar.journal.codec.FailoverLines;
import io.statehub.sidecar.journal.file.Disk;
import io.statehub.sidecar.journal.file.JournalDirectory;
import io.statehub.sidecar.journal.file.Limits;
import io.statehub.sidecar.journal.file.LineSink;
import io.statehub.sidecar.journal.file.TimedDisk;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What must outlive the process, on the disk. Whoever notices something says so and is done; one thread, which may hang
 * as long as the disk does, reads and writes. Whatever the disk does, nothing is thrown for it: what can't be written
 * waits, and the newest wins.
 */
public final class Journal implements Closeable {

    private static final Logger LOG = Logger.getLogger(Journal.class);
    private static final int BATCH = 100;

    private final Path directory;
    private final Limits limits;
    private final TimeSource time;
    private final TimedDisk disk;
    private final FailoverLines lines;

    private final WaitingLines waiting = new WaitingLines();
    private final CheckpointRule rule = new CheckpointRule();
    private final JournalHealth health;
    private volatile Optional<Noted> latest = Optional.empty();
    /** Whether a predecessor's checkpoint, if there is one, was continued from. */
    private volatile boolean goesOn = true;

    private @Nullable JournalDirectory open;

    /** Since the last checkpoint something was noticed. */
    private final AtomicBoolean noticed = new AtomicBoolean();

    private record Noted(Tracking tracking, Moment at) {}

    /**
     * A journal that was not opened yet.
     *
     * @param directory for this process alone; made if its parent exists
     * @param maxBytes of all files together, from {@link Limits#MIN_BYTES}
     */
    public Journal(Path directory, long maxBytes, TimeSource time) {
        this(directory, maxBytes, time, Disk.real(), MonotonicOrigin.current().map(MonotonicOrigin::id));
    }

    /**
     * A journal on a disk of the caller's.
     *
     * @param origin where the clock counts from whose readings are written; empty if that is unknown
     */
    public Journal(Path directory, long maxBytes, TimeSource time, Disk disk, Optional<String> origin) {
        this.directory = directory.toAbsolutePath().normalize();
        this.limits = new Limits(maxBytes);
        this.time = time;
        this.disk = new TimedDisk(disk, time);
        this.lines = new FailoverLines(origin);
        this.health = new JournalHealth(this.directory, this.disk, waiting);
    }

    /**
     * Reads where the predecessor ended, by the thread that writes, before it writes.
     *
     * @param begin where to begin if nothing is remembered
     */
    public Tracking resume(Tracking begin) {
        Moment now = time.now();
        Predecessor predecessor = new Predecessor(lines, begin, now);
        try {
            open(predecessor);
            return predecessor.tracking();
        } catch (IOException | RuntimeException e) {
            health.failed(e, now);
            if (JournalDirectory.isHeld(e)) {
                goesOn = false;
                return begin;
            }
            Predecessor asFarAsPossible = new Predecessor(lines, begin, now);
            JournalDirectory.read(directory, disk, asFarAsPossible, health::complain);
            return asFarAsPossible.tracking();
        }
    }

    /** Says that nobody waited for {@link #resume}: what it finds is kept, and not continued from. */
    public void beginWithout() {
        goesOn = false;
    }

    /** Takes note of a step, and returns at once. */
    public void note(FailoverTracker.Step step, Moment at) {
        for (FailoverEvent event : step.events()) {
            waiting.add(at, () -> lines.event(event));
        }
        for (Incident incident : step.ended()) {
            waiting.add(at, () -> lines.incident(incident));
        }
        latest = Optional.of(new Noted(step.tracking(), at));
        if (!step.events().isEmpty() || !step.ended().isEmpty()) {
            noticed.set(true);
        }
    }

    /** Writes what waits and a checkpoint, if it is time for one. After a failure, not before a second has passed. */
    public void write() {
        Moment now = time.now();
        if (latest.isPresent() && health.mayTry(now)) {
            write(now, false);
        }
    }

    private void write(Moment now, boolean last) {
        try {
            JournalDirectory ours = ours(now);
            writeLines(ours);
            boolean asked = noticed.getAndSet(false) || last;
            Noted newest = latest.orElseThrow();
            if (asked || rule.due(newest.tracking(), newest.at())) {
                checkpoint(ours, newest);
            }
            health.worked();
        } catch (IOException | RuntimeException e) {
            noticed.set(true);
            health.failed(e, now);
        }
    }

    private JournalDirectory ours(Moment now) throws IOException {
        JournalDirectory current = open;
        if (current != null && current.isStillOurs()) {
            return current;
        }
        closeDirectory();
        return open(new Predecessor(lines, latest.map(Noted::tracking).orElseThrow(), now));
    }

    private JournalDirectory open(LineSink sink) throws IOException {
        JournalDirectory opened = JournalDirectory.open(directory, limits, disk, sink, health::complain);
        open = opened;
        return opened;
    }

    private void writeLines(JournalDirectory ours) throws IOException {
        for (List<Waiting> next = waiting.first(BATCH); !next.isEmpty(); next = waiting.first(BATCH)) {
            List<Waiting> fit = new ArrayList<>();
            List<byte[]> made = new ArrayList<>();
            for (Waiting each : next) {
                line(each)
                        .ifPresentOrElse(
                                line -> {
                                    fit.add(each);
                                    made.add(line);
                                },
                                () -> waiting.drop(each));
            }
            if (!made.isEmpty()) {
                waiting.remove(fit.subList(0, ours.append(made, this::history)));
            }
        }
    }

    private Optional<byte[]> line(Waiting each) {
        try {
            byte[] line = each.line().get();
            if (line.length <= limits.lineBytes()) {
                return Optional.of(line);
            }
            health.complain("an entry has " + line.length + " bytes; allowed: " + limits.lineBytes());
        } catch (RuntimeException e) {
            LOG.error("an entry of the journal could not be made, by a fault of ours", e);
            health.complain("an entry could not be made: " + e);
        }
        return Optional.empty();
    }

    private void checkpoint(JournalDirectory ours, Noted noted) throws IOException {
        byte[] line = lines.checkpoint(noted.tracking(), noted.at(), limits.checkpointBytes());
        if (!goesOn) {
            ours.keepCheckpoint();
            goesOn = true;
        }
        ours.checkpoint(line);
        rule.written(noted.tracking(), noted.at());
    }

    /** What a file that somebody has removed begins with, oldest first. */
    private List<byte[]> history() {
        List<byte[]> history = new ArrayList<>();
        latest.ifPresent(
                noted -> noted.tracking().history().forEach(incident -> history.add(0, lines.incident(incident))));
        return history;
    }

    /** How it fares. */
    public JournalObservation observe(Moment now) {
        return health.observe(now);
    }

    /** Tries a last time to write what waits, and where the process ended. */
    @Override
    public void close() {
        if (latest.isPresent()) {
            write(time.now(), true);
        }
        closeDirectory();
    }

    private void closeDirectory() {
        JournalDirectory current = open;
        open = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                health.failed(e, time.now());
            }
        }
    }
}

package io.statehub.sidecar.journal;

import io.statehub.sidecar.journal.file.TimedDisk;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** How the writing fares. Finding, metrics and alert all come from what {@link #observe} says. */
final class JournalHealth {

    private static final Logger LOG = Logger.getLogger(JournalHealth.class);

    /** After a failure: a full disk is not asked more often. */
    static final Duration RETRY = Duration.ofSeconds(1);

    /** Lines that wait longer would not survive the end of the process, whatever the disk says. */
    static final Duration SLOW = Duration.ofSeconds(10);

    private final Path directory;
    private final TimedDisk disk;
    private final WaitingLines waiting;

    private Optional<String> problem = Optional.empty();
    private Optional<Moment> failedAt = Optional.empty();
    private long errors;

    JournalHealth(Path directory, TimedDisk disk, WaitingLines waiting) {
        this.directory = directory;
        this.disk = disk;
        this.waiting = waiting;
    }

    /** Something could not be written, and will be tried again. */
    synchronized void failed(Exception failure, Moment now) {
        errors++;
        failedAt = Optional.of(now);
        Optional<String> reason = Optional.of("journal " + named(Refusal.of(failure)));
        if (!problem.equals(reason)) {
            problem = reason;
            LOG.warnf("%s; until then the newest %d entries wait in memory", reason.get(), (Integer) WaitingLines.MOST);
        }
    }

    /** The operating system names the path in some of its messages, and in others not. */
    private String named(String reason) {
        return reason.startsWith(directory.toString()) ? reason : directory + ": " + reason;
    }

    /** Something was not as it should be, and was got over. */
    synchronized void complain(String sentence) {
        errors++;
        LOG.warn("journal " + named(sentence));
    }

    /** All that waited is on the disk. */
    synchronized void worked() {
        failedAt = Optional.empty();
        if (problem.isPresent()) {
            problem = Optional.empty();
            LOG.infof("journal %s is durable again; entries lost meanwhile: %d", directory, waiting.dropped());
        }
    }

    synchronized boolean mayTry(Moment now) {
        return failedAt.filter(at -> now.since(at).compareTo(RETRY) < 0).isEmpty();
    }

    synchronized JournalObservation observe(Moment now) {
        Optional<Failure> failure = problem.or(() -> disk.silence(now))
                .map(why -> new Failure(FailureKind.STORAGE, why))
                .or(() -> ownSlowness(now));
        return new JournalObservation(now, failure, errors + disk.slowCalls(now), waiting.size(), waiting.dropped());
    }

    private Optional<Failure> ownSlowness(Moment now) {
        return waiting.since()
                .map(now::since)
                .filter(waited -> waited.compareTo(SLOW) > 0)
                .map(waited -> new Failure(
                        FailureKind.OWN_DELAY,
                        "an entry has waited for " + waited.toSeconds()
                                + " s, and the disk was not asked: this process is too slow"));
    }
}

package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.PacedThreads;
import io.statehub.sidecar.drill.Watched;
import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Outcome;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.postgres.Canary;
import io.statehub.sidecar.probe.postgres.CanaryReader;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes, reads and asks the API, and has each in the ledger before anybody else hears of it. */
final class Tries implements AutoCloseable {

    private static final Duration READ_PACE = Duration.ofMillis(200);
    private static final Duration API_PACE = Duration.ofMillis(250);
    private static final Duration LEAST_TOLERATED = Duration.ofMillis(100);
    private static final int SHARE_OF_TIMEOUT = 4;

    private final Settings settings;
    private final TimeSource time;
    private final Watched watched;
    private final LedgerFile ledger;
    private final Moment begun;
    private final Canary canary;
    private final List<AutoCloseable> held = new ArrayList<>();
    private final PacedThreads threads;
    private final Counters counters;
    private final AtomicReference<@Nullable String> broken = new AtomicReference<>();
    private long sequence;

    Tries(Means means, String drill, Watched watched, LedgerFile ledger, Moment begun, Counters counters) {
        this.settings = means.settings();
        this.time = means.time();
        this.watched = watched;
        this.ledger = ledger;
        this.begun = begun;
        this.counters = counters;
        this.threads = new PacedThreads(time);
        this.canary = Canary.through(
                settings.postgres(),
                settings.heartbeat().schema(),
                drill,
                settings.heartbeat().timeout());
        held.add(canary);
    }

    void start(Means means, String drill, int rate) {
        threads.start("write", Duration.ofSeconds(1).dividedBy(rate), this::write);
        settings.postgres().readUrl().ifPresent(url -> {
            CanaryReader reader = CanaryReader.through(
                    settings.postgres(),
                    url,
                    settings.heartbeat().schema(),
                    drill,
                    settings.heartbeat().timeout());
            held.add(reader);
            threads.start("read", READ_PACE, () -> read(reader));
        });
        for (ApiCheck check : ApiCheck.values()) {
            Probe probe = means.api().apply(check);
            held.add(probe);
            threads.start("api", API_PACE, () -> ask(probe, check));
        }
    }

    private void write() {
        long number = ++sequence;
        try {
            ledger.force(new LedgerRecord.Sent(nanos(time.now()), number));
            Duration lost = watched.lost();
            Duration timeout = settings.heartbeat().timeout();
            Deadline deadline = Deadline.in(timeout, time);
            counters.writing(deadline.begun());
            HeartbeatObservation seen = canary.write(number, deadline);
            counters.written();
            Observation blamed = blamed(seen, lost, timeout);
            ledger.force(new LedgerRecord.Tried(
                    nanos(seen.at()),
                    Track.WRITE,
                    number,
                    nanos(seen.begun()),
                    outcome(seen, blamed),
                    detail(seen, blamed)));
            counters.count(seen, deadline.begun());
            watched.saw(List.of(blamed));
        } catch (IOException e) {
            broken(e);
        }
    }

    /** A failure while this process did not run is no fault of the target's. */
    private Observation blamed(Observation seen, Duration lostBefore, Duration timeout) {
        Duration lost = watched.lost().minus(lostBefore);
        Duration share = timeout.dividedBy(SHARE_OF_TIMEOUT);
        Duration tolerated = share.compareTo(LEAST_TOLERATED) > 0 ? share : LEAST_TOLERATED;
        return seen.failure().isPresent() && lost.compareTo(tolerated) > 0
                ? seen.blaming(
                        new Failure(FailureKind.OWN_DELAY, "this process was stopped for " + lost.toMillis() + " ms"))
                : seen;
    }

    private static Outcome outcome(HeartbeatObservation seen, Observation blamed) {
        return switch (seen.result()) {
            case ACKED -> Outcome.OK;
            case FAILED -> ours(blamed) ? Outcome.OWN_DELAY : Outcome.FAILED;
            case AMBIGUOUS -> ours(blamed) ? Outcome.OWN_DELAY : Outcome.AMBIGUOUS;
        };
    }

    private static boolean ours(Observation seen) {
        return seen.failure().filter(failure -> failure.kind().ours()).isPresent();
    }

    private static String detail(HeartbeatObservation seen, Observation blamed) {
        return seen instanceof HeartbeatObservation.Acked acked
                ? acked.server().postmasterStart().toString()
                : words(blamed);
    }

    private static String words(Observation seen) {
        return seen.failure()
                .map(failure -> failure.kind().label() + " (" + failure.detail() + ")")
                .orElse("");
    }

    private void read(CanaryReader reader) {
        Duration lost = watched.lost();
        Duration timeout = settings.heartbeat().timeout();
        CanaryReader.Read read = reader.read(Deadline.in(timeout, time));
        boolean late = watched.lost().minus(lost).compareTo(LEAST_TOLERATED) > 0;
        Outcome outcome = read.failure()
                .map(failure -> late || failure.kind().ours() ? Outcome.OWN_DELAY : Outcome.FAILED)
                .orElse(Outcome.OK);
        String detail = read.failure()
                .map(failure -> failure.kind().label() + " (" + failure.detail() + ")")
                .orElse("newest row " + read.newest());
        add(new LedgerRecord.Tried(nanos(read.at()), Track.READ, 0, nanos(read.begun()), outcome, detail));
    }

    private void ask(Probe probe, ApiCheck check) {
        Duration lost = watched.lost();
        Duration timeout = switch (check) {
            case LIVENESS -> settings.api().livenessTimeout();
            case READINESS -> settings.api().readinessTimeout();
        };
        Observation seen = blamed(probe.observe(Deadline.in(timeout, time)), lost, timeout);
        Track track = switch (check) {
            case LIVENESS -> Track.API_LIVENESS;
            case READINESS -> Track.API_READINESS;
        };
        Outcome failed = ours(seen) ? Outcome.OWN_DELAY : Outcome.FAILED;
        String detail =
                seen instanceof ApiObservation.Answered answered ? Integer.toString(answered.status()) : words(seen);
        add(new LedgerRecord.Tried(
                nanos(seen.at()),
                track,
                0,
                nanos(seen.at().plus(seen.took().negated())),
                seen.failure().isEmpty() ? Outcome.OK : failed,
                detail));
        watched.saw(List.of(seen));
    }

    void add(LedgerRecord record) {
        try {
            ledger.add(record);
        } catch (IOException e) {
            broken(e);
        }
    }

    private void broken(IOException e) {
        broken.compareAndSet(null, ledger.file() + " can't be written: " + e);
    }

    /** Why no more can be tried; empty while it can. */
    Optional<String> broken() {
        return Optional.ofNullable(broken.get());
    }

    private long nanos(Moment moment) {
        return moment.since(begun).toNanos();
    }

    /** Ends the write that is under way, wherever it is. */
    void cut() {
        canary.cut();
    }

    /** Stops all tries, and waits until none is under way. */
    void stop() {
        if (!threads.stop(settings.heartbeat().timeout().multipliedBy(2))) {
            canary.cut();
            threads.stop(settings.api().readinessTimeout());
        }
    }

    @Override
    public void close() {
        for (AutoCloseable each : held) {
            try {
                each.close();
            } catch (Exception e) {
                broken.compareAndSet(null, "a connection did not close: " + e);
            }
        }
    }
}

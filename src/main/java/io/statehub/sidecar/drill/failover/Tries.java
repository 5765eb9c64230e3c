package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.ApiAsking;
import io.statehub.sidecar.drill.FollowedCluster;
import io.statehub.sidecar.drill.OwnDelays;
import io.statehub.sidecar.drill.PacedThreads;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.LedgerWriter;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.postgres.Canary;
import io.statehub.sidecar.probe.postgres.CanaryReader;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes, reads and asks the API, and has each in the ledger before anybody else hears of it. */
final class Tries implements AutoCloseable {

    private static final Duration READ_PACE = Duration.ofMillis(200);
    private static final Duration API_PACE = Duration.ofMillis(250);

    private final Settings settings;
    private final TimeSource time;
    private final FollowedCluster watched;
    private final LedgerWriter writer;
    private final OwnDelays delays;
    private final ApiAsking asking;
    private final Canary canary;
    private final List<AutoCloseable> held = new ArrayList<>();
    private final PacedThreads threads;
    private final Counters counters;
    private long sequence;

    Tries(Means means, String drill, FollowedCluster watched, LedgerWriter writer, Counters counters) {
        this.settings = means.settings();
        this.time = means.time();
        this.watched = watched;
        this.writer = writer;
        this.delays = new OwnDelays(watched::lost);
        this.asking = new ApiAsking(settings.api(), time, delays, writer);
        this.counters = counters;
        this.threads = new PacedThreads(time, writer::fault);
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
            threads.start("api", API_PACE, () -> watched.saw(List.of(asking.ask(probe, check))));
        }
    }

    private void write() {
        long number = ++sequence;
        if (!writer.force(new LedgerRecord.Sent(writer.nanos(time.now()), number))) {
            return;
        }
        Duration lost = delays.lost();
        Duration timeout = settings.heartbeat().timeout();
        Deadline deadline = Deadline.in(timeout, time);
        counters.writing(deadline.begun());
        HeartbeatObservation seen = canary.write(number, deadline);
        counters.written();
        Observation blamed = delays.blamed(seen, lost, timeout);
        boolean noted = writer.force(new LedgerRecord.Tried(
                writer.nanos(seen.at()),
                Track.WRITE,
                number,
                writer.nanos(seen.begun()),
                outcome(seen, blamed),
                detail(seen, blamed)));
        if (noted) {
            counters.count(seen, deadline.begun());
            watched.saw(List.of(blamed));
        }
    }

    private static TryOutcome outcome(HeartbeatObservation seen, Observation blamed) {
        return switch (seen.result()) {
            case ACKED -> TryOutcome.OK;
            case FAILED -> OwnDelays.ours(blamed) ? TryOutcome.OWN_DELAY : TryOutcome.FAILED;
            case AMBIGUOUS -> OwnDelays.ours(blamed) ? TryOutcome.OWN_DELAY : TryOutcome.AMBIGUOUS;
        };
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
        Duration lost = delays.lost();
        Duration timeout = settings.heartbeat().timeout();
        CanaryReader.Read read = reader.read(Deadline.in(timeout, time));
        boolean late = delays.lost().minus(lost).compareTo(OwnDelays.LEAST_TOLERATED) > 0;
        TryOutcome outcome = read.failure()
                .map(failure -> late || failure.kind().ours() ? TryOutcome.OWN_DELAY : TryOutcome.FAILED)
                .orElse(TryOutcome.OK);
        String detail = read.failure()
                .map(failure -> failure.kind().label() + " (" + failure.detail() + ")")
                .orElse("newest row " + read.newest());
        writer.add(new LedgerRecord.Tried(
                writer.nanos(read.at()), Track.READ, 0, writer.nanos(read.begun()), outcome, detail));
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
                writer.fault("a connection did not close: " + e);
            }
        }
    }
}

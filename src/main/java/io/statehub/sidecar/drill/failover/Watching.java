package io.statehub.sidecar.drill.failover;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.trigger.Trigger;
import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has in the ledger what the tracker notices and what the trigger does. Safe for use by several threads. */
final class Watching implements SnapshotListener, Trigger.Undos {

    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private final TimeSource time;
    private final Set<Kind> seen = EnumSet.noneOf(Kind.class);
    private @Nullable LedgerFile ledger;
    private @Nullable Audience audience;
    private Moment begun;
    private Optional<Moment> triggered = Optional.empty();
    private Optional<Moment> sampled = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<String> broken = Optional.empty();

    Watching(TimeSource time) {
        this.time = time;
        this.begun = time.now();
    }

    synchronized void writeTo(LedgerFile file, Moment since, Audience told) {
        ledger = file;
        begun = since;
        audience = told;
    }

    @Override
    public synchronized void published(AgentSnapshot previous, AgentSnapshot next) {
        Audience told = audience;
        if (ledger == null || told == null) {
            return;
        }
        for (FailoverEvent event : next.failover().events()) {
            record(new LedgerRecord.Happened(
                    nanos(time.now()),
                    event.kind().label(),
                    nanos(event.at().earliest()),
                    nanos(event.at().latest()),
                    event.at().evidence()));
            told.happened(event.kind().label() + ": " + event.at().evidence());
            if (triggered.isPresent()) {
                seen.add(event.kind());
            }
        }
        for (Incident incident : next.failover().ended()) {
            incident.ending().ifPresent(ending -> {
                record(new LedgerRecord.Concluded(
                        nanos(ending.at()),
                        ending.outcome().label(),
                        ending.outcome().label() + ": " + ending.evidence()));
                if (triggered.filter(fault -> ending.at().isAfter(fault)).isPresent()) {
                    outcome = Optional.of(ending.outcome());
                }
            });
        }
    }

    synchronized void triggered() {
        Moment now = time.now();
        triggered = Optional.of(now);
        record(new LedgerRecord.Triggered(nanos(now), false, ""));
        requireNonNull(audience).happened("trigger");
    }

    /** Does what causes the fault, and notes what came of it. */
    void fired(Trigger trigger) {
        String said;
        try {
            said = trigger.fire(this);
        } catch (DrillException e) {
            said = "it could not be done: " + e.getMessage();
        } catch (IOException | RuntimeException e) {
            said = "it could not be done: " + e;
        }
        synchronized (this) {
            record(new LedgerRecord.Triggered(nanos(time.now()), true, said));
            requireNonNull(audience)
                    .happened("trigger over: " + said.lines().findFirst().orElse(""));
        }
    }

    @Override
    public synchronized void toBeUndone(String what) throws IOException {
        requireNonNull(ledger).force(new LedgerRecord.Undo(nanos(time.now()), what, false));
    }

    @Override
    public synchronized void undone(String what) throws IOException {
        requireNonNull(ledger).force(new LedgerRecord.Undo(nanos(time.now()), what, true));
    }

    synchronized void sample(AgentSnapshot snapshot, Moment now) {
        if (sampled.filter(last -> now.since(last).compareTo(SAMPLE) < 0).isPresent()) {
            return;
        }
        sampled = Optional.of(now);
        record(new LedgerRecord.Sampled(
                nanos(now),
                lag(snapshot),
                Soundness.streaming(snapshot.assessment()),
                snapshot.tracking().state().label()));
    }

    private static OptionalLong lag(AgentSnapshot snapshot) {
        ClusterView cluster = snapshot.assessment().cluster();
        return cluster.members().stream()
                .filter(MemberView::streaming)
                .map(cluster::lagToUpstream)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
    }

    synchronized DrillView view(AgentSnapshot snapshot, Counters counters, Duration deadline, Moment now) {
        return new DrillView(
                now.since(begun),
                sinceTrigger(now),
                deadline,
                snapshot.tracking().state().label(),
                Soundness.streaming(snapshot.assessment()),
                lag(snapshot),
                counters.acked(),
                counters.rate(now),
                counters.errors(),
                counters.outage(now),
                seen);
    }

    /** Zero before it. */
    synchronized Duration sinceTrigger(Moment now) {
        return triggered.map(now::since).orElse(Duration.ZERO);
    }

    /** What the last incident since the trigger turned out to be. */
    synchronized Optional<Outcome> outcome() {
        return outcome;
    }

    /** Why nothing can be noted any more; empty while it can. */
    synchronized Optional<String> broken() {
        return broken;
    }

    private void record(LedgerRecord record) {
        try {
            requireNonNull(ledger).force(record);
        } catch (IOException e) {
            broken = broken.or(() -> Optional.of("the ledger can't be written: " + e));
        }
    }

    private long nanos(Moment moment) {
        return moment.since(begun).toNanos();
    }
}

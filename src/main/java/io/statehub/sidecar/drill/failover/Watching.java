package io.statehub.sidecar.drill.failover;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerWriter;
import io.statehub.sidecar.drill.trigger.RunningTrigger;
import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has in the ledger what the tracker notices and what the trigger does. Safe for use by several threads. */
final class Watching implements SnapshotListener {

    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private final TimeSource time;
    private final Set<Kind> seen = EnumSet.noneOf(Kind.class);
    private @Nullable LedgerWriter writer;
    private @Nullable RunningTrigger trigger;
    private @Nullable Audience audience;
    private Optional<Moment> sampled = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();

    Watching(TimeSource time) {
        this.time = time;
    }

    synchronized void writeTo(LedgerWriter to, RunningTrigger fault, Audience told) {
        writer = to;
        trigger = fault;
        audience = told;
    }

    @Override
    public synchronized void published(AgentSnapshot previous, AgentSnapshot next) {
        Audience told = audience;
        RunningTrigger fault = trigger;
        if (fault == null || told == null) {
            return;
        }
        Optional<Moment> triggered = fault.triggered();
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
                if (triggered.filter(since -> ending.at().isAfter(since)).isPresent()) {
                    outcome = Optional.of(ending.outcome());
                }
            });
        }
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
                .map(cluster.lag()::toUpstream)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
    }

    synchronized FailoverView view(AgentSnapshot snapshot, Counters counters, Duration deadline, Moment now) {
        return new FailoverView(
                now.since(requireNonNull(writer).begun()),
                requireNonNull(trigger).since(now),
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

    /** What the last incident since the trigger turned out to be. */
    synchronized Optional<Outcome> outcome() {
        return outcome;
    }

    private void record(LedgerRecord record) {
        requireNonNull(writer).force(record);
    }

    private long nanos(Moment moment) {
        return requireNonNull(writer).nanos(moment);
    }
}

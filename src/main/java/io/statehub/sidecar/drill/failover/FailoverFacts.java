package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.drill.ledger.DrillFacts;
import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Concluded;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sampled;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sent;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.time.Moment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the ledger of a failover drill comes to, before anybody judges it. */
final class FailoverFacts extends DrillFacts {

    private final List<CanaryWrite> writes;

    FailoverFacts(Ledger ledger) {
        super(ledger);
        this.writes = writes(ledger, until());
    }

    List<CanaryWrite> writes() {
        return writes;
    }

    private List<CanaryWrite> writes(Ledger of, Moment end) {
        Map<Long, CanaryWrite> outcomes = new HashMap<>();
        of.all(Tried.class).stream()
                .filter(tried -> tried.track() == Track.WRITE)
                .forEach(tried -> outcomes.put(
                        tried.sequence(),
                        new CanaryWrite(
                                tried.sequence(),
                                moment(tried.begun()),
                                moment(tried.at()),
                                tried.outcome(),
                                tried.detail())));
        List<CanaryWrite> all = new ArrayList<>();
        for (Sent sent : of.all(Sent.class)) {
            CanaryWrite known = outcomes.get(sent.sequence());
            all.add(
                    known != null
                            ? known
                            : new CanaryWrite(
                                    sent.sequence(),
                                    moment(sent.at()),
                                    end,
                                    TryOutcome.AMBIGUOUS,
                                    "the drill ended before it knew"));
        }
        return List.copyOf(all);
    }

    /** The first of each kind since the fault, and of promotions the last. */
    Map<Kind, Occurrence> milestones() {
        Map<Kind, Occurrence> milestones = new EnumMap<>(Kind.class);
        for (Happened event : events()) {
            for (Kind kind : Kind.values()) {
                if (kind.label().equals(event.kind())) {
                    Occurrence at = new Occurrence(moment(event.earliest()), moment(event.latest()), event.evidence());
                    if (kind == Kind.PROMOTED) {
                        milestones.put(kind, at);
                    } else {
                        milestones.putIfAbsent(kind, at);
                    }
                }
            }
        }
        return milestones;
    }

    /** How many standbys streamed when the cluster was looked at last; empty if it never was. */
    OptionalInt streamingInTheEnd() {
        return ledger().all(Sampled.class).stream().mapToInt(Sampled::streaming).reduce((earlier, later) -> later);
    }

    /** What the tracker says it was since the fault; the last one, if the primary changed more than once. */
    Optional<Concluded> concluded() {
        return ledger().all(Concluded.class).stream()
                .filter(concluded -> concluded.at() >= triggered().nanos())
                .reduce((earlier, later) -> later);
    }
}

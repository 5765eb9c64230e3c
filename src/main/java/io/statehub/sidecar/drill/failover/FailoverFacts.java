package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Concluded;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Ended;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Outcome;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sent;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Triggered;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.failover.Outages;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.time.Moment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a ledger comes to, before anybody judges it. */
final class FailoverFacts {

    private final Ledger ledger;
    private final Moment triggered;
    private final Moment until;
    private final List<CanaryWrite> writes;

    FailoverFacts(Ledger ledger) {
        this.ledger = ledger;
        this.triggered = moment(ledger.all(Triggered.class).stream()
                .findFirst()
                .map(Triggered::at)
                .orElseGet(ledger::until));
        this.until = moment(
                ledger.all(Ended.class).stream().findFirst().map(Ended::at).orElseGet(ledger::until));
        this.writes = writes(ledger, until);
    }

    Begun begun() {
        return ledger.begun();
    }

    Ledger ledger() {
        return ledger;
    }

    String planned(String name) {
        return begun().plan().getOrDefault(name, "");
    }

    /** A moment of the drill on both clocks. */
    final Moment moment(long nanos) {
        return new Moment(ledger.begun().started().plusNanos(nanos), nanos);
    }

    /** When the fault was caused, or waited for. */
    Moment triggered() {
        return triggered;
    }

    boolean wasTriggered() {
        return !ledger.all(Triggered.class).isEmpty();
    }

    Moment until() {
        return until;
    }

    /** Empty if the drill was killed. */
    Optional<End> end() {
        return ledger.all(Ended.class).stream().findFirst().map(Ended::why);
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
                                    Outcome.AMBIGUOUS,
                                    "the drill ended before it knew"));
        }
        return List.copyOf(all);
    }

    List<Tried> tries(Track track) {
        return ledger.all(Tried.class).stream()
                .filter(tried -> tried.track() == track)
                .toList();
    }

    /** The outages of one thing since the fault. */
    Outages outages(Track track) {
        Service service = switch (track) {
            case WRITE -> Service.WRITE;
            case READ -> Service.READ;
            case API_LIVENESS, API_READINESS -> Service.API;
        };
        List<Outages.Try> tries = tries(track).stream()
                .map(tried -> new Outages.Try(
                        moment(tried.begun()),
                        moment(tried.at()),
                        switch (tried.outcome()) {
                            case OK -> Outages.Result.WORKED;
                            case FAILED, AMBIGUOUS -> Outages.Result.FAILED;
                            case OWN_DELAY -> Outages.Result.NOT_TOLD;
                        },
                        tried.detail()))
                .toList();
        return Outages.of(service, tries, triggered, until);
    }

    /** What was noticed since the fault, in order. */
    List<Happened> events() {
        return ledger.all(Happened.class).stream()
                .filter(event -> event.latest() >= triggered.nanos())
                .toList();
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

    /** What the tracker says it was; the last one, if the primary changed more than once. */
    Optional<Concluded> concluded() {
        return ledger.all(Concluded.class).stream().reduce((earlier, later) -> later);
    }
}

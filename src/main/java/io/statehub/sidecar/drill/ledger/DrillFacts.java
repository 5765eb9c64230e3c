package io.statehub.sidecar.drill.ledger;

import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Ended;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Triggered;
import io.statehub.sidecar.failover.Outages;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the ledger of any drill comes to, before anybody judges it. */
public class DrillFacts {

    /** By which the plan names the cluster, as an unsigned number. */
    public static final String SYSTEM_IDENTIFIER = "system identifier";

    private final Ledger ledger;
    private final Moment triggered;
    private final Moment until;

    public DrillFacts(Ledger ledger) {
        this.ledger = ledger;
        this.triggered = moment(ledger.all(Triggered.class).stream()
                .findFirst()
                .map(Triggered::at)
                .orElseGet(ledger::until));
        this.until = moment(
                ledger.all(Ended.class).stream().findFirst().map(Ended::at).orElseGet(ledger::until));
    }

    public final Begun begun() {
        return ledger.begun();
    }

    public final Ledger ledger() {
        return ledger;
    }

    public final String planned(String name) {
        return begun().plan().getOrDefault(name, "");
    }

    /** What was planned in milliseconds. */
    public final Duration plannedTime(String name) {
        return Duration.ofMillis(Long.parseLong(planned(name)));
    }

    /** The cluster that it is a drill of. */
    public final SystemIdentifier cluster() {
        return new SystemIdentifier(Long.parseUnsignedLong(planned(SYSTEM_IDENTIFIER)));
    }

    /** A moment of the drill on both clocks. */
    public final Moment moment(long nanos) {
        return new Moment(ledger.begun().started().plusNanos(nanos), nanos);
    }

    /** When the fault was caused, or waited for. */
    public final Moment triggered() {
        return triggered;
    }

    public final boolean wasTriggered() {
        return !ledger.all(Triggered.class).isEmpty();
    }

    public final Moment until() {
        return until;
    }

    /** Empty if the drill was killed. */
    public final Optional<End> end() {
        return ledger.all(Ended.class).stream().findFirst().map(Ended::why);
    }

    public final List<Tried> tries(Track track) {
        return ledger.all(Tried.class).stream()
                .filter(tried -> tried.track() == track)
                .toList();
    }

    /** The outages of one thing since the fault. */
    public final Outages outages(Track track) {
        return outages(track, triggered);
    }

    /** The outages of one thing that were first seen at that moment or later. */
    public final Outages outages(Track track, Moment since) {
        Service service = switch (track) {
            case WRITE -> Service.WRITE;
            case READ -> Service.READ;
            case API_LIVENESS, API_READINESS, DEPLOYMENT -> Service.API;
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
        return Outages.of(service, tries, since, until);
    }

    /** What was noticed since the fault, in order. */
    public final List<Happened> events() {
        return ledger.all(Happened.class).stream()
                .filter(event -> event.latest() >= triggered.nanos())
                .toList();
    }
}

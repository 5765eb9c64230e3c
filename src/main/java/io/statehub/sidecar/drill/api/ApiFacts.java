package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.drill.ledger.DrillFacts;
import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Outage;
import io.statehub.sidecar.failover.Outages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the ledger of an API drill comes to, before anybody judges it. */
final class ApiFacts extends DrillFacts {

    /** Pods went, came, or were restarted in place. */
    static final String PODS_CHANGED = "pods changed";

    /** Somebody changed what is wanted of the Deployment. */
    static final String HAND = "Deployment changed by hand";

    /** What is watched. */
    static final List<Track> PATHS = List.of(Track.API_LIVENESS, Track.API_READINESS);

    static final List<Track> TRACKS = List.of(Track.API_LIVENESS, Track.API_READINESS, Track.DEPLOYMENT);

    ApiFacts(Ledger ledger) {
        super(ledger);
    }

    /** Whether Kubernetes was asked, and answered at all. */
    boolean asksKubernetes() {
        return tries(Track.DEPLOYMENT).stream().anyMatch(tried -> tried.outcome() != TryOutcome.OWN_DELAY);
    }

    /** Requests to a path that ended after the fault, with that outcome. */
    long count(Track track, TryOutcome outcome) {
        return sinceFault(track).stream()
                .filter(tried -> tried.outcome() == outcome)
                .count();
    }

    List<Tried> sinceFault(Track track) {
        return tries(track).stream()
                .filter(tried -> tried.at() >= triggered().nanos())
                .toList();
    }

    Optional<Happened> last(String kind) {
        return events().stream().filter(event -> event.kind().equals(kind)).reduce((earlier, later) -> later);
    }

    /**
     * Whether anything shows that there was a fault: of a Deployment that is watched, its pods or its own word; else a
     * request that failed.
     */
    boolean faultSeen() {
        if (asksKubernetes()) {
            return last(PODS_CHANGED).isPresent() || outOf(Track.DEPLOYMENT);
        }
        return PATHS.stream().anyMatch(this::outOf);
    }

    private boolean outOf(Track track) {
        return !outages(track).outages().isEmpty();
    }

    /**
     * How long it took from the fault until both paths answered and the Deployment was whole, for good. Without an
     * upper bound while anything of that was not seen.
     */
    Bounds recovery() {
        Duration lower = Duration.ZERO;
        Optional<Duration> upper =
                Optional.of(last(PODS_CHANGED).map(this::untilSeen).orElse(Duration.ZERO));
        for (Track track : TRACKS) {
            if (track == Track.DEPLOYMENT && tries(track).isEmpty()) {
                continue;
            }
            Bounds here = recovery(track);
            lower = longer(lower, here.lower());
            upper = upper.flatMap(most -> here.upper().map(more -> longer(most, more)));
        }
        Duration least = lower;
        return new Bounds(lower, upper.map(most -> longer(most, least)));
    }

    private Bounds recovery(Track track) {
        boolean worked = sinceFault(track).stream().anyMatch(tried -> tried.outcome() == TryOutcome.OK);
        Optional<Duration> none = worked ? Optional.of(Duration.ZERO) : Optional.empty();
        Outages all = outages(track, moment(0));
        return all.outages().stream()
                .reduce((earlier, later) -> later)
                .filter(last ->
                        last.firstGood().isEmpty() || last.firstGood().get().isAfter(triggered()))
                .map(this::over)
                .orElseGet(() -> new Bounds(Duration.ZERO, none));
    }

    private Bounds over(Outage last) {
        Duration lower = notNegative(last.lastBad().since(triggered()));
        return new Bounds(lower, last.firstGood().map(good -> longer(lower, good.since(triggered()))));
    }

    private Duration untilSeen(Happened event) {
        return notNegative(moment(event.latest()).since(triggered()));
    }

    private static Duration notNegative(Duration duration) {
        return longer(duration, Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.OwnDelays;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.LedgerWriter;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.drill.trigger.DeploymentState;
import io.statehub.sidecar.drill.trigger.KubernetesDeployment;
import io.statehub.sidecar.drill.trigger.RunningTrigger;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known while an API drill runs, and whether it has seen all it waits for. Safe for use by several threads. */
final class ApiWatching {

    /** All must have worked for so long before it is believed. */
    static final Duration SETTLED = Duration.ofSeconds(5);

    /** How something works now, and since when. */
    private record Standing(boolean works, Moment since) {}

    private final TimeSource time;
    private final LedgerWriter writer;
    private final RunningTrigger fault;
    private final Audience audience;
    private final Optional<KubernetesDeployment> deployment;
    private final Map<Track, Standing> standings = new EnumMap<>(Track.class);
    private Optional<DeploymentState> last = Optional.empty();
    private Moment lastBegun;
    private Optional<Moment> faultSeen = Optional.empty();
    private boolean silent;
    private long sent;
    private long failed;

    ApiWatching(
            TimeSource time,
            LedgerWriter writer,
            RunningTrigger fault,
            Audience audience,
            Optional<KubernetesDeployment> deployment) {
        this.time = time;
        this.writer = writer;
        this.fault = fault;
        this.audience = audience;
        this.deployment = deployment;
        this.lastBegun = writer.begun();
    }

    synchronized void answered(Track track, Observation seen) {
        sent++;
        boolean works = seen.failure().isEmpty();
        if (OwnDelays.ours(seen)) {
            standings.computeIfPresent(track, (it, standing) -> new Standing(standing.works(), seen.at()));
            return;
        }
        failed += works ? 0 : 1;
        stands(track, works, seen.at());
        if (!works && deployment.isEmpty()) {
            noticed(seen.at());
        }
    }

    private void stands(Track track, boolean works, Moment at) {
        Standing before = standings.get(track);
        if (before == null || before.works() != works) {
            standings.put(track, new Standing(works, at));
            if (before != null) {
                audience.happened(track.words() + ": " + (works ? "works again" : "fails"));
            }
        }
    }

    private void noticed(Moment at) {
        if (fault.triggered().filter(from -> !from.isAfter(at)).isPresent()) {
            faultSeen = Optional.of(at);
        }
    }

    /** Asks Kubernetes once. */
    void look(KubernetesDeployment asked) {
        Moment begun = time.now();
        try {
            seen(begun, asked.state());
        } catch (DrillException e) {
            unheard(begun, String.valueOf(e.getMessage()));
        }
    }

    private synchronized void seen(Moment begun, DeploymentState state) {
        Moment at = time.now();
        silent = false;
        boolean whole = state.whole();
        tried(begun, at, whole ? TryOutcome.OK : TryOutcome.FAILED, state.words());
        stands(Track.DEPLOYMENT, whole, at);
        last.ifPresent(before -> compared(before, state, at));
        if (!whole) {
            noticed(at);
        }
        last = Optional.of(state);
        lastBegun = begun;
    }

    private void compared(DeploymentState before, DeploymentState now, Moment at) {
        List<String> changes = now.changesSince(before);
        if (!changes.isEmpty()) {
            happened(ApiFacts.PODS_CHANGED, at, String.join("; ", changes));
            noticed(at);
        }
        if (now.generation() != before.generation()) {
            happened(ApiFacts.HAND, at, "generation " + before.generation() + " is " + now.generation() + " now");
        }
    }

    private synchronized void unheard(Moment begun, String why) {
        Moment at = time.now();
        tried(begun, at, TryOutcome.OWN_DELAY, why);
        if (!silent) {
            silent = true;
            audience.happened("Kubernetes can't be asked: " + why);
        }
    }

    private void tried(Moment begun, Moment at, TryOutcome outcome, String detail) {
        writer.add(new LedgerRecord.Tried(writer.nanos(at), Track.DEPLOYMENT, 0, writer.nanos(begun), outcome, detail));
    }

    private void happened(String kind, Moment at, String evidence) {
        writer.force(
                new LedgerRecord.Happened(writer.nanos(at), kind, writer.nanos(lastBegun), writer.nanos(at), evidence));
        audience.happened(kind + ": " + evidence);
    }

    /** Whether there was a fault, all works again, and has for long enough. */
    synchronized boolean whole(Moment now) {
        if (faultSeen.isEmpty() || silent || !settled(faultSeen.get(), now)) {
            return false;
        }
        // A pod that is being ended may still be asked, and fail.
        return last.filter(state -> state.ending() > 0).isEmpty()
                && standings.values().stream().allMatch(each -> each.works() && settled(each.since(), now));
    }

    private static boolean settled(Moment since, Moment now) {
        return now.since(since).compareTo(SETTLED) > 0;
    }

    synchronized ApiView view(Duration deadline, Moment now) {
        return new ApiView(
                now.since(writer.begun()),
                fault.since(now),
                deadline,
                last.map(DeploymentState::words).orElse("Kubernetes says nothing"),
                sent,
                failed,
                standings.entrySet().stream()
                        .filter(each -> !each.getValue().works())
                        .map(each -> each.getKey().words())
                        .toList());
    }
}

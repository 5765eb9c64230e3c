package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.MemberRole;
import java.time.Duration;

/** What is noted of an incident beside the moves: each once, whatever the state. */
final class MilestoneDetector {

    private final StepContext context;
    private final ClusterSight sight;
    private final StepEvents noticed;

    MilestoneDetector(StepContext context) {
        this.context = context;
        this.sight = context.sight();
        this.noticed = context.noticed();
    }

    FailoverState on(FailoverState state) {
        if (!(state instanceof FailoverState.Troubled troubled)) {
            return state;
        }
        Incident incident = splitBrain(troubled.trouble());
        incident = new OrderlyEnds(context).noted(troubled, incident);
        incident = plannedStop(troubled, incident);
        incident = noCandidate(troubled, incident);
        incident = oldPrimary(incident);
        return troubled.with(incident);
    }

    private Incident splitBrain(Incident incident) {
        PrimarySights primaries = context.known().primaries();
        if (primaries.splitBrain()) {
            // It may come again in the same incident, and is not over then.
            Incident open = incident.has(Kind.SPLIT_BRAIN_OVER)
                    ? incident.without(Kind.SPLIT_BRAIN).without(Kind.SPLIT_BRAIN_OVER)
                    : incident;
            String evidence = "out of recovery at once: " + primaries.describedSplitBrain();
            return noticed.add(open, Kind.SPLIT_BRAIN, Occurrence.between(context.before(), context.now(), evidence));
        }
        return incident.has(Kind.SPLIT_BRAIN)
                ? noticed.add(
                        incident,
                        Kind.SPLIT_BRAIN_OVER,
                        Occurrence.between(context.before(), context.now(), primaries.describedOver()))
                : incident;
    }

    private Incident plannedStop(FailoverState.Troubled state, Incident incident) {
        return sight.plannedStop()
                .filter(word -> isWaiting(state))
                .map(word -> noticed.add(incident, Kind.PLANNED_STOP, Occurrence.exactly(context.now(), word)))
                .orElse(incident);
    }

    /** Whether nobody leads, and somebody should. */
    private static boolean isWaiting(FailoverState state) {
        return state instanceof FailoverState.Suspect || state instanceof FailoverState.FailingOver;
    }

    private Incident noCandidate(FailoverState.Troubled state, Incident incident) {
        boolean waiting = isWaiting(state) && !incident.has(Kind.PLANNED_STOP) && !sight.takesWrites(state.leading());
        Duration allowed = context.objectives().rto();
        Duration waited = incident.milestone(Kind.PRIMARY_SUSPECT)
                .flatMap(suspect -> context.watchedSince(suspect.latest()))
                .orElse(Duration.ZERO);
        if (!waiting || waited.compareTo(allowed) <= 0) {
            return incident;
        }
        String evidence =
                "no member out of recovery for " + waited.toMillis() + " ms; allowed: " + allowed.toMillis() + " ms";
        return noticed.add(incident, Kind.NO_CANDIDATE, Occurrence.exactly(context.now(), evidence));
    }

    private Incident oldPrimary(Incident incident) {
        Leader old = incident.oldPrimary();
        if (incident.newPrimary().isEmpty()
                || incident.newPrimary().get().member().equals(old.member())
                || incident.newPrimary().get().timeline().equals(old.timeline())) {
            // Of two histories with one number, that number doesn't tell which one is followed.
            return incident;
        }
        Leader leader = incident.newPrimary().get();
        return sight.view(old.member())
                .filter(view ->
                        view.role().filter(role -> role == MemberRole.STANDBY).isPresent())
                .filter(view -> view.timeline().isPresent())
                .map(view -> {
                    boolean joined = view.streaming() && view.timeline().equals(leader.timeline());
                    boolean behind = !view.timeline().equals(leader.timeline());
                    String evidence = old.member() + " is in recovery on timeline "
                            + view.timeline().get();
                    Occurrence at = Occurrence.between(context.before(), context.now(), evidence);
                    if (joined) {
                        return noticed.add(incident, Kind.OLD_PRIMARY_REJOINED, at);
                    }
                    return behind ? noticed.add(incident, Kind.OLD_PRIMARY_DIVERGED, at) : incident;
                })
                .orElse(incident);
    }
}

package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.MemberRole;
import java.time.Duration;

/** What is noted of an incident beside the moves: each once, whatever the state. */
final class MilestoneDetector {

    private final StepContext context;
    private final ClusterSight sights;
    private final StepEvents noticed;

    MilestoneDetector(StepContext context) {
        this.context = context;
        this.sights = context.sights();
        this.noticed = context.noticed();
    }

    FailoverState on(FailoverState state) {
        if (!(state instanceof FailoverState.Troubled troubled)) {
            return state;
        }
        Incident incident = splitBrain(troubled.trouble(), troubled.leading());
        incident = orderlyEnd(incident);
        incident = noCandidate(troubled, incident);
        incident = oldPrimary(incident);
        return troubled.with(incident);
    }

    private Incident splitBrain(Incident incident, Leader leader) {
        if (sights.splitBrain()) {
            String evidence = "out of recovery at once: " + sights.describedPrimaries();
            return noticed.add(
                    incident, Kind.SPLIT_BRAIN, Occurrence.between(context.before(), context.now(), evidence));
        }
        boolean over = incident.has(Kind.SPLIT_BRAIN) && sights.leading(leader).isPresent() && sights.alone(leader);
        return over
                ? noticed.add(
                        incident,
                        Kind.SPLIT_BRAIN_OVER,
                        Occurrence.between(context.before(), context.now(), leader.described() + " leads alone"))
                : incident;
    }

    /** Seen in time, a server says that it is being shut down; else, that it went on as a standby shows it. */
    private Incident orderlyEnd(Incident incident) {
        if (incident.has(Kind.PROMOTED) && !incident.has(Kind.PRIMARY_SUSPECT)) {
            return incident;
        }
        boolean demoted = !incident.has(Kind.PROMOTED)
                && sights.view(incident.oldPrimary().member())
                        .flatMap(MemberView::role)
                        .filter(role -> role == MemberRole.STANDBY)
                        .isPresent();
        if (demoted) {
            return noticed.add(
                    incident,
                    Kind.ORDERLY_END,
                    Occurrence.between(context.before(), context.now(), sights.evidence(incident.oldPrimary())));
        }
        return context.known()
                .shutdown()
                .filter(sign -> isOfThisEnd(sign, incident) && !isAfterPromotion(sign, incident))
                .map(sign -> noticed.add(incident, Kind.ORDERLY_END, sign))
                .orElse(incident);
    }

    /** A primary that was seen to lead after it was shut down has been started again: that was another end. */
    private static boolean isOfThisEnd(Occurrence sign, Incident incident) {
        return !incident.oldPrimary().seenAt().isAfter(sign.latest());
    }

    private static boolean isAfterPromotion(Occurrence sign, Incident incident) {
        return incident.milestone(Kind.PROMOTED)
                .filter(promoted -> sign.earliest().isAfter(promoted.latest()))
                .isPresent();
    }

    private Incident noCandidate(FailoverState.Troubled state, Incident incident) {
        boolean waiting = state instanceof FailoverState.Suspect || state instanceof FailoverState.FailingOver;
        Duration allowed = context.objectives().rto();
        Duration waited = incident.milestone(Kind.PRIMARY_SUSPECT)
                .map(suspect -> context.now().since(suspect.latest()))
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
                || incident.newPrimary().get().member().equals(old.member())) {
            return incident;
        }
        Leader leader = incident.newPrimary().get();
        return sights.view(old.member())
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

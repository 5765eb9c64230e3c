package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.time.Moment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Follows the cluster from one state to the next. A step is a function of what was known and of what was seen. What
 * always holds of it stands above the package.
 */
public final class FailoverTracker {

    /** A step makes at most as many moves as there are states in a row from one end of a failover to the other. */
    private static final int MOST_MOVES = 8;

    private final Objectives objectives;

    public FailoverTracker(Objectives objectives) {
        this.objectives = objectives;
    }

    /** What a failover may cost at most. */
    public Objectives objectives() {
        return objectives;
    }

    /**
     * What one step came to.
     *
     * @param events what was noticed, in order
     * @param ended the incidents that ended, in order
     */
    public record Step(Tracking tracking, List<FailoverEvent> events, List<Incident> ended) {
        public Step {
            events = List.copyOf(events);
            ended = List.copyOf(ended);
        }

        /** What a process begins with. */
        public static Step first(Tracking tracking) {
            return new Step(tracking, List.of(), List.of());
        }
    }

    /**
     * One step.
     *
     * @param before what was known
     * @param brought the observations that are new
     * @param round all that hold, the new ones among them
     * @param assessment what they mean
     */
    public Step step(
            Tracking before, Collection<? extends Observation> brought, ObservationRound round, Assessment assessment) {
        Tracking known = Intake.of(before, brought, round, assessment);
        StepEvents noticed = new StepEvents();
        StepContext context = new StepContext(
                known,
                before.looked(),
                Attempts.heartbeatsTell(round),
                new ClusterSight(assessment, known),
                objectives,
                noticed);
        StepProgress after = moves(context, outagesOver(before, known));
        Redundancy redundancy = redundancy(context, isStable(before.state()) && isStable(after.state()));
        Tally tally = known.tally().lost(after.lost());
        List<Incident> history = new ArrayList<>(known.history());
        for (Incident incident : noticed.ended()) {
            tally = tally.ended(incident.ending().orElseThrow().outcome());
            history.add(0, incident);
        }
        Tracking.Draft draft = new Tracking.Draft(known);
        draft.state = after.state();
        draft.ledger = isStable(after.state()) ? after.ledger().settled() : after.ledger();
        draft.unaudited = after.unaudited();
        draft.redundancy = redundancy;
        draft.tally = tally;
        Tracking tracking = draft.done().remembering(history);
        return new Step(tracking, noticed.events(), noticed.ended());
    }

    private static StepProgress moves(StepContext context, FailoverState state) {
        AllMoves moves = new AllMoves(context);
        MilestoneDetector milestones = new MilestoneDetector(context);
        StepProgress now = new StepProgress(
                state, context.known().ledger(), context.known().unaudited(), 0);
        for (int i = 0; i < MOST_MOVES; i++) {
            StepProgress noted = now.with(milestones.on(now.state())).audited(context);
            FailoverState next = anotherCluster(context, noted.state())
                    .or(() -> moves.intoSplitBrain(noted.state()))
                    .orElseGet(() -> noted.state().next(moves));
            if (next.equals(now.state())) {
                return noted;
            }
            now = noted.with(next);
        }
        return now.with(milestones.on(now.state())).audited(context);
    }

    /** That another cluster stands at the members' addresses ends any incident: nothing of ours is left to see. */
    private static Optional<FailoverState> anotherCluster(StepContext context, FailoverState state) {
        if (state instanceof FailoverState.Troubled troubled && context.sight().anotherCluster(troubled.leading())) {
            boolean planned = troubled.trouble().has(Kind.PLANNED_STOP);
            context.end(
                    troubled.trouble(),
                    planned ? Outcome.PLANNED_CLUSTER_CHANGE : Outcome.CLUSTER_CHANGE,
                    "another cluster stands at the members' addresses");
            return Optional.of(new FailoverState.Unknown(Optional.empty()));
        }
        return Optional.empty();
    }

    /** The outages that this step's attempts ended belong to the ongoing incident, if they have to do with it. */
    private static FailoverState outagesOver(Tracking before, Tracking known) {
        if (!(before.state() instanceof FailoverState.Troubled troubled)) {
            return before.state();
        }
        Incident incident = troubled.trouble();
        for (Service service : Service.values()) {
            Optional<Outage> last = known.service(service).last();
            if (!last.equals(before.service(service).last())
                    && last.filter(incident::owns).isPresent()) {
                Moment end = last.get().firstGood().orElseThrow();
                incident = incident.suffered(service, last.get().bounds(end));
            }
        }
        return troubled.with(incident);
    }

    /** Within an incident it is part of that. */
    private static Redundancy redundancy(StepContext context, boolean quiet) {
        Redundancy before = context.known().redundancy();
        int streaming = (int) context.known().standbys().values().stream()
                .filter(StandbySight::streaming)
                .count();
        // Who is not seen by a fault of ours may stream on: only one that is seen not to is lost.
        boolean unclear = streaming < before.streaming() && context.sight().anyUnseen();
        if (unclear) {
            return before;
        }
        Redundancy after = before.next(streaming, context.now());
        if (quiet && streaming != before.streaming()) {
            context.noticed()
                    .add(
                            streaming < before.streaming() ? Kind.REDUNDANCY_LOST : Kind.REDUNDANCY_REGAINED,
                            context.now(),
                            "standbys streaming: " + before.streaming() + " -> " + streaming);
        }
        return after;
    }

    private static boolean isStable(FailoverState state) {
        return state instanceof FailoverState.Stable;
    }
}

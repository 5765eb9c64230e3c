package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.ServerIdentity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the primary of an incident ended in order: that very run of it, the last before another one was promoted.
 * That a member continues as a standby later proves nothing.
 */
final class OrderlyEnds {

    private final StepContext context;

    OrderlyEnds(StepContext context) {
        this.context = context;
    }

    /** The same incident, with what is known of the end of its primary; once writes reach another, nothing is added. */
    Incident noted(FailoverState.Troubled state, Incident before) {
        boolean neverEnded = before.has(Kind.PROMOTED) && !before.has(Kind.PRIMARY_SUSPECT);
        if (neverEnded || before.has(Kind.ROUTED)) {
            return before;
        }
        Incident incident = before.milestone(Kind.ORDERLY_END)
                .filter(end -> wasWrittenToSince(end, before) || ledBesideSince(state, end, before))
                .map(end -> notTheLast(before))
                .orElse(before);
        return sign(state, incident)
                .or(() -> switchover(incident))
                .map(sign -> context.noticed().add(incident, Kind.ORDERLY_END, sign))
                .orElse(incident);
    }

    /** The end before was not the last: the primary has led again since. */
    static Incident notTheLast(Incident incident) {
        return incident.without(Kind.ORDERLY_END);
    }

    /** Seen in time, a server says that it is being shut down. */
    private Optional<Occurrence> sign(FailoverState.Troubled state, Incident incident) {
        Optional<PrimarySight> sight = oldSight(incident);
        return sight.flatMap(PrimarySight::shutdown)
                .filter(said -> isOfTheLast(sight.orElseThrow(), said.run(), incident)
                        || isOfTheFirst(state, said.run(), incident))
                .map(PrimarySight.Shutdown::sign)
                .filter(sign -> isOfThisEnd(sign, incident) && !isAfterPromotion(sign, incident))
                .filter(sign -> !wasWrittenToSince(sign, incident));
    }

    /**
     * The run that was seen last, unless it was promoted in this incident, or seen only after another had taken over.
     */
    private static boolean isOfTheLast(PrimarySight sight, ServerIdentity run, Incident incident) {
        return sight.leader().identity().isSameRunAs(run) && !isPromoted(run, incident) && !isTooLate(sight, incident);
    }

    /** The run that the incident began with, as long as no later one has ended too. */
    private boolean isOfTheFirst(FailoverState.Troubled state, ServerIdentity run, Incident incident) {
        boolean ledAgain = incident.has(Kind.PRIMARY_RESTARTED) || incident.has(Kind.PRIMARY_BACK);
        return incident.oldPrimary().identity().isSameRunAs(run)
                && (state instanceof FailoverState.Returned || (!ledAgain && !laterRunLed(run, incident)));
    }

    /**
     * Whether it came back beside another primary, after that end and before the other one was known to be promoted.
     */
    private boolean ledBesideSince(FailoverState.Troubled state, Occurrence end, Incident incident) {
        boolean beside = state instanceof FailoverState.SplitBrain || state instanceof FailoverState.Promoted;
        return beside
                && laterRunLed(incident.oldPrimary().identity(), incident)
                && oldSight(incident)
                        .filter(sight -> sight.since().isAfter(end.latest()))
                        .isPresent();
    }

    /** Whether another run of the old primary than this one was seen to lead before the promotion, and not by it. */
    private boolean laterRunLed(ServerIdentity run, Incident incident) {
        return oldSight(incident)
                .filter(sight -> !sight.leader().identity().isSameRunAs(run))
                .filter(sight -> !isPromoted(sight.leader().identity(), incident))
                .filter(sight -> !isTooLate(sight, incident))
                .isPresent();
    }

    private Optional<PrimarySight> oldSight(Incident incident) {
        return context.known().primaries().of(incident.oldPrimary().member());
    }

    private static boolean isPromoted(ServerIdentity run, Incident incident) {
        return incident.promotions().stream()
                .anyMatch(promotion -> promotion.leader().identity().isSameRunAs(run));
    }

    private static boolean isTooLate(PrimarySight sight, Incident incident) {
        return incident.promotions().stream()
                .findFirst()
                .filter(first -> sight.since().isAfter(first.at().latest()))
                .isPresent();
    }

    /** A run that was seen to lead after it was shut down was not. */
    private static boolean isOfThisEnd(Occurrence sign, Incident incident) {
        return !incident.oldPrimary().seenAt().isAfter(sign.latest());
    }

    private static boolean isAfterPromotion(Occurrence sign, Incident incident) {
        return incident.milestone(Kind.PROMOTED)
                .filter(promoted -> sign.earliest().isAfter(promoted.latest()))
                .isPresent();
    }

    /** Whether another run took a write between that end and the promotion: then it came back, though nobody saw it. */
    private boolean wasWrittenToSince(Occurrence end, Incident incident) {
        Optional<Occurrence> promoted = incident.milestone(Kind.PROMOTED);
        Stream<Leader> known = Stream.concat(
                Stream.of(incident.oldPrimary()), incident.promotions().stream().map(Promotion::leader));
        List<ServerIdentity> runs = known.map(Leader::identity).toList();
        return promoted.isPresent()
                && context.known()
                        .ledger()
                        .ackedBetween(end.latest(), promoted.get().latest())
                        .anyMatch(run -> runs.stream().noneMatch(run::isSameRunAs));
    }

    private Optional<Occurrence> switchover(Incident incident) {
        return context.sight()
                .plannedSwitchover()
                .filter(word -> incident.has(Kind.PRIMARY_SUSPECT))
                .map(word -> Occurrence.exactly(context.now(), word));
    }
}

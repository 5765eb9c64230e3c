package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One time in which the primary was in question, from the first sign to the end, with all that was measured.
 *
 * @param begin how it began
 * @param milestones when what happened, each at most once
 * @param promotions the members that left recovery, in order, at most {@link #MOST_PROMOTIONS}; the last is the new
 *     primary
 * @param outages for each service, the outages that ended
 * @param loss what was lost
 * @param ending how it ended; empty while it is ongoing
 */
public record Incident(
        Begin begin,
        Map<FailoverEvent.Kind, Occurrence> milestones,
        List<Promotion> promotions,
        Map<Service, OutageSum> outages,
        Loss loss,
        Optional<Ending> ending) {

    /** An outage that began longer than this before an incident has another cause. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    /** More promotions than that in one incident are not remembered one by one. */
    static final int MOST_PROMOTIONS = 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * How an incident began.
     *
     * @param id when it was noticed and the timeline it began on; unique among incidents, not blank
     * @param noticed when it was noticed
     * @param oldPrimary the primary that it began with
     * @param redundancyBefore how many standbys streamed from it, not negative
     * @param outagesAfter outages that began by then belong to the incident before, or to none
     */
    public record Begin(String id, Moment noticed, Leader oldPrimary, int redundancyBefore, Moment outagesAfter) {
        public Begin {
            if (id.isBlank()) {
                throw new IllegalArgumentException("an incident has no id");
            }
            if (redundancyBefore < 0) {
                throw new IllegalArgumentException(redundancyBefore + " standbys before the incident " + id);
            }
        }
    }

    /**
     * How an incident ended.
     *
     * @param rto whether the writes were out for no longer than allowed
     * @param rpo whether no more was lost than allowed
     */
    public record Ending(
            Outcome outcome, Moment at, String evidence, Objectives.Compliance rto, Objectives.Compliance rpo) {}

    /**
     * Checks what can be checked of what is read from a disk.
     *
     * @throws IllegalArgumentException if there are too many promotions, or none and yet a change of primary
     */
    public Incident {
        milestones = Map.copyOf(milestones);
        promotions = List.copyOf(promotions);
        outages = Map.copyOf(outages);
        if (promotions.size() > MOST_PROMOTIONS) {
            throw new IllegalArgumentException(
                    promotions.size() + " promotions in the incident " + begin.id() + "; at most " + MOST_PROMOTIONS);
        }
        Optional<Outcome> outcome = ending.map(Ending::outcome);
        if (promotions.isEmpty()
                && outcome.filter(it -> it.changedPrimary() || it == Outcome.REPROMOTION)
                        .isPresent()) {
            throw new IllegalArgumentException(
                    outcome.get().label() + " without a promotion in the incident " + begin.id());
        }
    }

    /** @param before the incident that ended last, with which it shares no outage */
    static Incident begin(Moment now, Leader primary, int redundancy, Optional<Incident> before) {
        String timeline = primary.timeline().map(Timeline::toString).orElse("unknown");
        String id = TIME.format(now.wallClock()) + "-t" + timeline;
        Moment near = primary.seenAt().minus(MARGIN);
        Moment outagesAfter =
                before.map(last -> Moment.latest(last.outagesUntil(), near)).orElse(near);
        return new Incident(
                new Begin(id, now, primary, redundancy, outagesAfter),
                Map.of(),
                List.of(),
                Map.of(),
                Loss.NOT_JUDGED,
                Optional.empty());
    }

    public String id() {
        return begin.id();
    }

    public Moment noticed() {
        return begin.noticed();
    }

    public Leader oldPrimary() {
        return begin.oldPrimary();
    }

    public int redundancyBefore() {
        return begin.redundancyBefore();
    }

    public Optional<Occurrence> milestone(FailoverEvent.Kind kind) {
        return Optional.ofNullable(milestones.get(kind));
    }

    boolean has(FailoverEvent.Kind kind) {
        return milestones.containsKey(kind);
    }

    /** The member that leads after the last promotion. */
    public Optional<Leader> newPrimary() {
        return promotions.isEmpty()
                ? Optional.empty()
                : Optional.of(promotions.get(promotions.size() - 1).leader());
    }

    /** Whether another member was promoted than the one that it began with. */
    boolean changedPrimary() {
        return newPrimary()
                .filter(leader -> !leader.member().equals(oldPrimary().member()))
                .isPresent();
    }

    /** Whether this member is the one that was promoted last. */
    boolean isNewPrimary(Leader leader) {
        return newPrimary()
                .filter(promoted -> promoted.member().equals(leader.member()))
                .isPresent();
    }

    /** The first occurrence of its kind stands. */
    Incident with(FailoverEvent.Kind kind, Occurrence occurrence) {
        return has(kind) ? this : replacing(kind, occurrence);
    }

    private Incident replacing(FailoverEvent.Kind kind, Occurrence occurrence) {
        Draft draft = new Draft(this);
        draft.milestones.put(kind, occurrence);
        return draft.done();
    }

    /** As if that had not happened, for what has come to be so again. */
    Incident without(FailoverEvent.Kind kind) {
        Draft draft = new Draft(this);
        draft.milestones.remove(kind);
        return draft.done();
    }

    /** Of several promotions, the phases are those of the last. */
    Incident promoted(Promotion promotion) {
        Draft draft = new Draft(this);
        if (draft.promotions.size() == MOST_PROMOTIONS) {
            draft.promotions.remove(0);
        }
        draft.promotions.add(promotion);
        return draft.done().replacing(FailoverEvent.Kind.PROMOTED, promotion.at());
    }

    /** The new primary as it is seen now. */
    Incident seen(Leader newPrimary) {
        Draft draft = new Draft(this);
        int last = draft.promotions.size() - 1;
        draft.promotions.set(
                last, new Promotion(newPrimary, draft.promotions.get(last).at()));
        return draft.done();
    }

    Incident losing(Loss judged) {
        Draft draft = new Draft(this);
        draft.loss = judged;
        return draft.done();
    }

    /** Adds an outage that has ended, or whose end will not be waited for. */
    Incident suffered(Service service, Bounds outage) {
        Draft draft = new Draft(this);
        draft.outages.put(service, outagesOf(service).plus(outage));
        return draft.done();
    }

    public OutageSum outagesOf(Service service) {
        return outages.getOrDefault(service, OutageSum.NONE);
    }

    /** The outages that ended and the ongoing one. */
    public OutageSum outagesOf(Service service, Optional<Outage> open, Moment now) {
        OutageSum ended = outagesOf(service);
        return open.filter(outage -> ending.isEmpty() && owns(outage))
                .map(outage -> ended.plus(outage.bounds(now)))
                .orElse(ended);
    }

    /** Whether an outage belongs to this incident, rather than to another one or to some other trouble. */
    boolean owns(Outage outage) {
        boolean tooLate =
                writesBack().filter(back -> outage.firstBad().isAfter(back)).isPresent();
        return outage.firstBad().isAfter(begin.outagesAfter()) && !tooLate;
    }

    /** When writes were known to work again, on whichever primary; what breaks later is another trouble. */
    private Optional<Moment> writesBack() {
        return milestone(FailoverEvent.Kind.ROUTED)
                .or(() -> milestone(FailoverEvent.Kind.WRITES_BACK))
                .map(Occurrence::latest);
    }

    boolean writesAreBack() {
        return writesBack().isPresent();
    }

    /** Outages that began later belong to the next incident. */
    Moment outagesUntil() {
        return writesBack().or(() -> ending.map(Ending::at)).orElse(begin.noticed());
    }

    Incident ended(Ending how) {
        Draft draft = new Draft(this);
        draft.ending = Optional.of(how);
        return draft.done();
    }

    /** A copy to be changed, of which each part goes by its name. */
    private static final class Draft {
        private final Begin begin;
        private final Map<FailoverEvent.Kind, Occurrence> milestones = new EnumMap<>(FailoverEvent.Kind.class);
        private final List<Promotion> promotions;
        private final Map<Service, OutageSum> outages = new EnumMap<>(Service.class);
        private Loss loss;
        private Optional<Ending> ending;

        Draft(Incident of) {
            begin = of.begin;
            milestones.putAll(of.milestones);
            promotions = new ArrayList<>(of.promotions);
            outages.putAll(of.outages);
            loss = of.loss;
            ending = of.ending;
        }

        Incident done() {
            return new Incident(begin, milestones, promotions, outages, loss, ending);
        }
    }
}

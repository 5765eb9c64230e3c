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
 * @param id when it was noticed and the timeline it began on; unique among incidents
 * @param noticed when it was noticed
 * @param oldPrimary the primary that it began with
 * @param redundancyBefore how many standbys streamed from it
 * @param milestones when what happened, each at most once
 * @param promotions the members that left recovery, in order; the last is the new primary
 * @param outages for each service, the outages that ended
 * @param loss what was lost
 * @param ending how it ended; empty while it goes on
 */
public record Incident(
        String id,
        Moment noticed,
        Leader oldPrimary,
        int redundancyBefore,
        Map<FailoverEvent.Kind, Occurrence> milestones,
        List<Promotion> promotions,
        Map<Service, OutageSum> outages,
        Loss loss,
        Optional<Ending> ending) {

    /** An outage belongs to an incident that it touches within this time: what is further off has another cause. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    /** More promotions than that in one incident are not remembered one by one. */
    static final int MOST_PROMOTIONS = 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * How an incident ended.
     *
     * @param rto whether the writes were out for no longer than allowed
     * @param rpo whether no more was lost than allowed
     */
    public record Ending(
            Outcome outcome, Moment at, String evidence, Objectives.Compliance rto, Objectives.Compliance rpo) {}

    public Incident {
        milestones = Map.copyOf(milestones);
        promotions = List.copyOf(promotions);
        outages = Map.copyOf(outages);
    }

    static Incident begin(Moment now, Leader primary, int redundancy) {
        String timeline = primary.timeline().map(Timeline::toString).orElse("unknown");
        String id = TIME.format(now.wallClock()) + "-t" + timeline;
        return new Incident(
                id, now, primary, redundancy, Map.of(), List.of(), Map.of(), Loss.NOT_JUDGED, Optional.empty());
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

    /** The first occurrence of its kind stands. */
    Incident with(FailoverEvent.Kind kind, Occurrence occurrence) {
        return has(kind) ? this : replacing(kind, occurrence);
    }

    private Incident replacing(FailoverEvent.Kind kind, Occurrence occurrence) {
        Map<FailoverEvent.Kind, Occurrence> more = new EnumMap<>(FailoverEvent.Kind.class);
        more.putAll(milestones);
        more.put(kind, occurrence);
        return new Incident(id, noticed, oldPrimary, redundancyBefore, more, promotions, outages, loss, ending);
    }

    /** Of several promotions, the phases are those of the last. */
    Incident promoted(Promotion promotion) {
        List<Promotion> more = new ArrayList<>(promotions);
        if (more.size() == MOST_PROMOTIONS) {
            more.remove(0);
        }
        more.add(promotion);
        return new Incident(id, noticed, oldPrimary, redundancyBefore, milestones, more, outages, loss, ending)
                .replacing(FailoverEvent.Kind.PROMOTED, promotion.at());
    }

    /** The new primary as it is seen now. */
    Incident seen(Leader newPrimary) {
        List<Promotion> same = new ArrayList<>(promotions);
        int last = same.size() - 1;
        same.set(last, new Promotion(newPrimary, same.get(last).at()));
        return new Incident(id, noticed, oldPrimary, redundancyBefore, milestones, same, outages, loss, ending);
    }

    Incident losing(Loss judged) {
        return new Incident(id, noticed, oldPrimary, redundancyBefore, milestones, promotions, outages, judged, ending);
    }

    /** Adds an outage that has ended, or whose end will not be waited for. */
    Incident suffered(Service service, Bounds outage) {
        Map<Service, OutageSum> more = new EnumMap<>(Service.class);
        more.putAll(outages);
        more.put(service, outagesOf(service).plus(outage));
        return new Incident(id, noticed, oldPrimary, redundancyBefore, milestones, promotions, more, loss, ending);
    }

    public OutageSum outagesOf(Service service) {
        return outages.getOrDefault(service, OutageSum.NONE);
    }

    /** The outages that ended and the one that goes on. */
    public OutageSum outagesOf(Service service, Optional<Outage> open, Moment now) {
        OutageSum ended = outagesOf(service);
        return open.filter(outage -> ending.isEmpty() && owns(outage))
                .map(outage -> ended.plus(outage.bounds(now)))
                .orElse(ended);
    }

    /** Whether an outage belongs to this incident rather than to some other trouble. */
    boolean owns(Outage outage) {
        Moment begin = milestone(FailoverEvent.Kind.PRIMARY_SUSPECT)
                .or(() -> milestone(FailoverEvent.Kind.PROMOTED))
                .map(Occurrence::earliest)
                .orElse(noticed);
        boolean tooEarly = begin.since(outage.firstBad()).compareTo(MARGIN) > 0;
        boolean tooLate = milestone(FailoverEvent.Kind.ROUTED)
                .filter(routed -> outage.firstBad().since(routed.latest()).compareTo(MARGIN) > 0)
                .isPresent();
        return !tooEarly && !tooLate;
    }

    Incident ended(Ending how) {
        return new Incident(
                id, noticed, oldPrimary, redundancyBefore, milestones, promotions, outages, loss, Optional.of(how));
    }
}

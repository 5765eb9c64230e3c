package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.snapshot.Allowances;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One incident as a page of its own.
 *
 * @param title what it turned out to be, and whom it was about
 * @param evidence what shows it; empty while it is ongoing
 * @param lines figures by their names
 * @param milestones what happened, by time
 */
public record IncidentView(
        String id,
        String title,
        PageView.Mark mark,
        PageView.Time began,
        String ended,
        String evidence,
        List<PageView.Line> lines,
        List<Milestone> milestones) {

    private static final Comparator<Map.Entry<FailoverEvent.Kind, Occurrence>> BY_TIME =
            Comparator.<Map.Entry<FailoverEvent.Kind, Occurrence>, Moment>comparing(
                            milestone -> milestone.getValue().latest(),
                            (one, other) -> one.since(other).compareTo(Duration.ZERO))
                    .thenComparing(Map.Entry::getKey);

    /**
     * Something that happened.
     *
     * @param at by when it had
     * @param after since the incident was noticed
     * @param evidence what shows it
     */
    public record Milestone(PageView.Time at, String after, String what, String evidence) {}

    static IncidentView of(Incident incident, Tracking tracking, Allowances allowed, Moment now) {
        List<PageView.Line> lines = Incidents.lines(incident, tracking, now);
        lines.add(
                new PageView.Line("Lost heartbeats", Words.count(incident.loss().rows())));
        return new IncidentView(
                incident.id(),
                incident.ending().map(ending -> Words.outcome(ending.outcome())).orElse("ongoing") + ": "
                        + Incidents.members(incident),
                incident.ending()
                        .map(ending -> Incidents.verdict(incident, ending, allowed))
                        .orElse(StatusMarks.of(tracking.state().standing())),
                Words.dayAndMoment(incident.noticed().wallClock()),
                incident.ending()
                        .map(ending ->
                                Words.dayAndMoment(ending.at().wallClock()).text() + " UTC")
                        .orElse("ongoing"),
                incident.ending().map(Incident.Ending::evidence).orElse(""),
                lines,
                incident.milestones().entrySet().stream()
                        .sorted(BY_TIME)
                        .map(entry -> milestone(entry.getKey(), entry.getValue(), incident))
                        .toList());
    }

    private static Milestone milestone(FailoverEvent.Kind kind, Occurrence occurrence, Incident incident) {
        Duration after = occurrence.latest().since(incident.noticed());
        return new Milestone(
                Words.moment(occurrence.latest().wallClock()),
                (after.isNegative() ? "−" : "+") + Words.secondsOf(after.abs()),
                Words.plain(kind.label()),
                occurrence.evidence());
    }
}

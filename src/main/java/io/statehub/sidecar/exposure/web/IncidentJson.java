package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Count;
import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Loss;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Phase;
import io.statehub.sidecar.failover.Promotion;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.Moment;
import jakarta.json.stream.JsonGenerator;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One incident with all that was measured, as documented in docs/failovers.md. */
final class IncidentJson {

    private static final String IN_PROGRESS = "in_progress";

    private static final Comparator<Moment> BY_TIME =
            (one, other) -> one.since(other).compareTo(Duration.ZERO);

    /** What happened in one look happened in the order of its kinds. */
    private static final Comparator<Map.Entry<FailoverEvent.Kind, Occurrence>> BY_LATEST =
            Comparator.<Map.Entry<FailoverEvent.Kind, Occurrence>, Moment>comparing(
                            milestone -> milestone.getValue().latest(), BY_TIME)
                    .thenComparing(Map.Entry::getKey);

    private IncidentJson() {}

    /**
     * The fields of an incident, into an object that is open.
     *
     * @param tracking what the incident is part of
     * @param now until when something ongoing has lasted
     */
    static void fields(Incident incident, Tracking tracking, Moment now, JsonGenerator json) {
        Optional<Incident.Ending> ending = incident.ending();
        json.write("id", incident.id());
        json.write("outcome", ending.map(how -> how.outcome().label()).orElse(IN_PROGRESS));
        json.write("startedAt", incident.noticed().wallClock().toString());
        TargetJson.text("endedAt", ending.map(how -> how.at().wallClock().toString()), json);
        TargetJson.text("evidence", ending.map(Incident.Ending::evidence), json);
        LeaderJson.writeWithSystem("oldPrimary", Optional.of(incident.oldPrimary()), json);
        LeaderJson.writeWithSystem("newPrimary", incident.newPrimary(), json);
        json.write("redundancyBefore", incident.redundancyBefore());
        json.writeStartObject("phases");
        for (Phase phase : Phase.values()) {
            phase(phase, incident, tracking.looked(), json);
        }
        json.writeEnd();
        json.writeStartObject("outages");
        for (Service service : Service.values()) {
            outages(service, incident, tracking, now, json);
        }
        json.writeEnd();
        loss(incident.loss(), json);
        objectives(ending, json);
        milestones(incident, json);
        promotions(incident, json);
    }

    private static void phase(Phase phase, Incident incident, Moment looked, JsonGenerator json) {
        Optional<Bounds> bounds = phase.bounds(incident, looked);
        if (bounds.isEmpty()) {
            json.writeNull(phase.label());
            return;
        }
        json.writeStartObject(phase.label());
        BoundsJson.millis("lowerMs", "upperMs", bounds, json);
        occurrence("opened", phase.opened(incident), json);
        occurrence("closed", phase.closed(incident), json);
        json.writeEnd();
    }

    private static void occurrence(String name, Optional<Occurrence> occurrence, JsonGenerator json) {
        if (occurrence.isEmpty()) {
            json.writeNull(name);
            return;
        }
        json.writeStartObject(name);
        BoundsJson.occurrence(occurrence.get(), json);
        json.writeEnd();
    }

    /** Of a service that was never tried, no outage could have been seen: that is not the same as none. */
    private static void outages(Service service, Incident incident, Tracking tracking, Moment now, JsonGenerator json) {
        Optional<OutageSum> all = tracking.outages(incident, service, now);
        if (all.isEmpty()) {
            json.writeNull(service.label());
            return;
        }
        json.writeStartObject(service.label());
        json.write("count", all.get().outages());
        BoundsJson.millis("lowerMs", "upperMs", all.map(OutageSum::bounds), json);
        json.write("open", all.get().outages() > incident.outagesOf(service).outages());
        json.writeEnd();
    }

    /** Ambiguous beats are counted when the rows are: before that, and without heartbeats, 0 would be a claim. */
    private static void loss(Loss loss, JsonGenerator json) {
        Optional<Count> rows = loss.rows();
        json.writeStartObject("loss");
        TargetJson.number(
                "rows",
                rows.filter(Count::isExact)
                        .map(exact -> OptionalLong.of(exact.atLeast()))
                        .orElse(OptionalLong.empty()),
                json);
        BoundsJson.count("rowsAtLeast", "rowsAtMost", rows, json);
        TargetJson.number(
                "ambiguousRows",
                rows.map(judged -> OptionalLong.of(loss.ambiguous())).orElse(OptionalLong.empty()),
                json);
        BoundsJson.millis("lostMsAtLeast", "lostMsAtMost", loss.seconds(), json);
        BoundsJson.count("bytesAtLeast", "bytesAtMost", loss.bytes(), json);
        json.writeEnd();
    }

    private static void objectives(Optional<Incident.Ending> ending, JsonGenerator json) {
        if (ending.isEmpty()) {
            json.writeNull("objectives");
            return;
        }
        json.writeStartObject("objectives");
        json.write("rto", ending.get().rto().label());
        json.write("rpo", ending.get().rpo().label());
        json.writeEnd();
    }

    private static void milestones(Incident incident, JsonGenerator json) {
        json.writeStartArray("milestones");
        incident.milestones().entrySet().stream().sorted(BY_LATEST).forEach(milestone -> {
            json.writeStartObject();
            json.write("kind", milestone.getKey().label());
            BoundsJson.occurrence(milestone.getValue(), json);
            json.writeEnd();
        });
        json.writeEnd();
    }

    private static void promotions(Incident incident, JsonGenerator json) {
        json.writeStartArray("promotions");
        for (Promotion promotion : incident.promotions()) {
            json.writeStartObject();
            LeaderJson.fields(promotion.leader(), json);
            BoundsJson.between(promotion.at(), json);
            json.writeEnd();
        }
        json.writeEnd();
    }
}

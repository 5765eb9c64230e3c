package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Count;
import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Leader;
import io.statehub.sidecar.failover.Loss;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Phase;
import io.statehub.sidecar.failover.Promotion;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.observation.Timeline;
import jakarta.json.stream.JsonGenerator;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One incident as JSON (documented in docs/failovers.md). */
final class IncidentJson {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final JsonGenerator json;
    private final Tracking tracking;
    private final Moment now;

    /** @param now as of when an incident that goes on is told */
    IncidentJson(JsonGenerator json, Tracking tracking, Moment now) {
        this.json = json;
        this.tracking = tracking;
        this.now = now;
    }

    void write(Incident incident) {
        Optional<Incident.Ending> ending = incident.ending();
        json.write("id", incident.id());
        json.write("outcome", ending.map(it -> it.outcome().label()).orElse("in_progress"));
        json.write("startedAt", incident.noticed().wallClock().toString());
        text("endedAt", ending.map(it -> it.at().wallClock().toString()));
        text("evidence", ending.map(Incident.Ending::evidence));
        leader("oldPrimary", Optional.of(incident.oldPrimary()));
        leader("newPrimary", incident.newPrimary());
        json.write("redundancyBefore", incident.redundancyBefore());
        json.writeStartObject("phases");
        for (Phase phase : Phase.values()) {
            phase(phase, incident);
        }
        json.writeEnd();
        json.writeStartObject("outages");
        for (Service service : Service.values()) {
            outages(service, incident);
        }
        json.writeEnd();
        loss(incident.loss());
        objectives(ending);
        milestones(incident);
        json.writeStartArray("promotions");
        incident.promotions().forEach(this::promotion);
        json.writeEnd();
    }

    private void phase(Phase phase, Incident incident) {
        Optional<Bounds> bounds = phase.bounds(incident, now);
        if (bounds.isEmpty()) {
            json.writeNull(phase.label());
            return;
        }
        json.writeStartObject(phase.label());
        bounds(bounds.get());
        occurrence("opened", phase.opened(incident));
        occurrence("closed", phase.closed(incident));
        json.writeEnd();
    }

    /** The outage that goes on counts too, up to now. */
    private void outages(Service service, Incident incident) {
        var open = tracking.service(service).open();
        OutageSum sum = incident.outagesOf(service, open, now);
        json.writeStartObject(service.label());
        json.write("count", sum.outages());
        bounds(sum.bounds());
        json.write("open", sum.outages() > incident.outagesOf(service).outages());
        json.writeEnd();
    }

    private void loss(Loss loss) {
        json.writeStartObject("loss");
        number("rows", loss.rows().filter(Count::isExact).map(Count::atLeast));
        number("rowsAtLeast", loss.rows().map(Count::atLeast));
        number("rowsAtMost", loss.rows().flatMap(rows -> boxed(rows.atMost())));
        json.write("ambiguousRows", loss.ambiguous());
        number("lostMsAtLeast", loss.seconds().map(seconds -> floor(seconds.lower())));
        number("lostMsAtMost", loss.seconds().flatMap(Bounds::upper).map(IncidentJson::ceiling));
        number("bytesAtLeast", loss.bytes().map(Count::atLeast));
        number("bytesAtMost", loss.bytes().flatMap(bytes -> boxed(bytes.atMost())));
        json.writeEnd();
    }

    private void objectives(Optional<Incident.Ending> ending) {
        if (ending.isEmpty()) {
            json.writeNull("objectives");
            return;
        }
        json.writeStartObject("objectives");
        json.write("rto", ending.get().rto().label());
        json.write("rpo", ending.get().rpo().label());
        json.writeEnd();
    }

    private void milestones(Incident incident) {
        Comparator<Map.Entry<FailoverEvent.Kind, Occurrence>> byTime = (one, other) -> Long.signum(
                one.getValue().latest().since(other.getValue().latest()).toNanos());
        json.writeStartArray("milestones");
        incident.milestones().entrySet().stream()
                .sorted(byTime.thenComparing(Map.Entry.comparingByKey()))
                .forEach(milestone -> {
                    json.writeStartObject();
                    json.write("kind", milestone.getKey().label());
                    occurrence(milestone.getValue());
                    json.writeEnd();
                });
        json.writeEnd();
    }

    private void promotion(Promotion promotion) {
        json.writeStartObject();
        json.write("member", promotion.leader().member());
        number("timeline", promotion.leader().timeline().map(Timeline::number));
        json.write("earliest", promotion.at().earliest().wallClock().toString());
        json.write("latest", promotion.at().latest().wallClock().toString());
        json.writeEnd();
    }

    void leader(String name, Optional<Leader> leader) {
        if (leader.isEmpty()) {
            json.writeNull(name);
            return;
        }
        json.writeStartObject(name);
        json.write("member", leader.get().member());
        number("timeline", leader.get().timeline().map(Timeline::number));
        json.write(
                "systemIdentifier", leader.get().identity().systemIdentifier().toString());
        json.writeEnd();
    }

    private void occurrence(String name, Optional<Occurrence> occurrence) {
        if (occurrence.isEmpty()) {
            json.writeNull(name);
            return;
        }
        json.writeStartObject(name);
        occurrence(occurrence.get());
        json.writeEnd();
    }

    private void occurrence(Occurrence occurrence) {
        json.write("earliest", occurrence.earliest().wallClock().toString());
        json.write("latest", occurrence.latest().wallClock().toString());
        json.write("evidence", occurrence.evidence());
    }

    private void bounds(Bounds bounds) {
        json.write("lowerMs", floor(bounds.lower()));
        number("upperMs", bounds.upper().map(IncidentJson::ceiling));
    }

    /** A bound that is rounded stays a bound. */
    private static long floor(Duration lower) {
        return Math.floorDiv(lower.toNanos(), NANOS_PER_MILLI);
    }

    private static long ceiling(Duration upper) {
        return -Math.floorDiv(-upper.toNanos(), NANOS_PER_MILLI);
    }

    private void number(String name, Optional<Long> value) {
        value.ifPresentOrElse(number -> json.write(name, number), () -> json.writeNull(name));
    }

    private void text(String name, Optional<String> value) {
        value.ifPresentOrElse(text -> json.write(name, text), () -> json.writeNull(name));
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}

package io.statehub.sidecar.journal.codec;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Loss;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.failover.Promotion;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Incidents as JSON, whole: what is read is equal to what was written. */
final class IncidentCodec {

    /**
     * In format 1 the outages that had begun by then before the old primary was seen last were none of its incident's.
     */
    private static final Duration FORMAT_ONE_MARGIN = Duration.ofSeconds(30);

    private final FactCodec facts;

    IncidentCodec(FactCodec facts) {
        this.facts = facts;
    }

    static JsonObject write(Incident incident) {
        JsonObjectBuilder milestones = JSON.createObjectBuilder();
        incident.milestones().forEach((kind, at) -> milestones.add(kind.name(), FactCodec.write(at)));
        JsonArrayBuilder promotions = JSON.createArrayBuilder();
        incident.promotions().forEach(promotion -> promotions.add(write(promotion)));
        JsonObjectBuilder outages = JSON.createObjectBuilder();
        incident.outages().forEach((service, sum) -> outages.add(service.name(), write(sum)));
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("id", incident.id())
                .add("noticed", MomentCodec.write(incident.noticed()))
                .add("oldPrimary", FactCodec.write(incident.oldPrimary()))
                .add("redundancyBefore", incident.redundancyBefore())
                .add("outagesAfter", MomentCodec.write(incident.begin().outagesAfter()))
                .add("milestones", milestones)
                .add("promotions", promotions)
                .add("outages", outages)
                .add("loss", write(incident.loss()));
        Fields.add(json, "ending", incident.ending(), IncidentCodec::write);
        return json.build();
    }

    Incident incident(JsonValue value) {
        JsonObject json = value.asJsonObject();
        Map<FailoverEvent.Kind, Occurrence> milestones = new EnumMap<>(FailoverEvent.Kind.class);
        Fields.value(json, "milestones")
                .asJsonObject()
                .forEach((kind, at) -> milestones.put(FailoverEvent.Kind.valueOf(kind), facts.occurrence(at)));
        Map<Service, OutageSum> outages = new EnumMap<>(Service.class);
        Fields.value(json, "outages")
                .asJsonObject()
                .forEach((service, sum) -> outages.put(Service.valueOf(service), outageSum(sum)));
        List<Promotion> promotions = Fields.value(json, "promotions").asJsonArray().stream()
                .map(this::promotion)
                .toList();
        return new Incident(
                new Incident.Begin(
                        Fields.text(json, "id"),
                        facts.moments().read(Fields.value(json, "noticed")),
                        facts.leader(Fields.value(json, "oldPrimary")),
                        Math.toIntExact(Fields.required(json, "redundancyBefore")),
                        outagesAfter(json)),
                milestones,
                promotions,
                outages,
                loss(Fields.value(json, "loss")),
                Fields.get(json, "ending", this::ending));
    }

    private Moment outagesAfter(JsonObject json) {
        return facts.isFormatOne()
                ? facts.leader(Fields.value(json, "oldPrimary")).seenAt().minus(FORMAT_ONE_MARGIN)
                : facts.moments().read(Fields.value(json, "outagesAfter"));
    }

    private static JsonObject write(Promotion promotion) {
        return JSON.createObjectBuilder()
                .add("leader", FactCodec.write(promotion.leader()))
                .add("at", FactCodec.write(promotion.at()))
                .build();
    }

    private Promotion promotion(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new Promotion(facts.leader(Fields.value(json, "leader")), facts.occurrence(Fields.value(json, "at")));
    }

    private static JsonObject write(OutageSum sum) {
        return JSON.createObjectBuilder()
                .add("outages", sum.outages())
                .add("bounds", FactCodec.write(sum.bounds()))
                .build();
    }

    private static OutageSum outageSum(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new OutageSum(
                Math.toIntExact(Fields.required(json, "outages")), FactCodec.bounds(Fields.value(json, "bounds")));
    }

    private static JsonObject write(Loss loss) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("ambiguous", loss.ambiguous());
        Fields.add(json, "rows", loss.rows(), FactCodec::write);
        Fields.add(json, "seconds", loss.seconds(), FactCodec::write);
        Fields.add(json, "bytes", loss.bytes(), FactCodec::write);
        return json.build();
    }

    private static Loss loss(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new Loss(
                Fields.get(json, "rows", FactCodec::count),
                Fields.required(json, "ambiguous"),
                Fields.get(json, "seconds", FactCodec::bounds),
                Fields.get(json, "bytes", FactCodec::count));
    }

    private static JsonObject write(Incident.Ending ending) {
        return JSON.createObjectBuilder()
                .add("outcome", ending.outcome().name())
                .add("at", MomentCodec.write(ending.at()))
                .add("evidence", ending.evidence())
                .add("rto", ending.rto().name())
                .add("rpo", ending.rpo().name())
                .build();
    }

    private Incident.Ending ending(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new Incident.Ending(
                Outcome.valueOf(Fields.text(json, "outcome")),
                facts.moments().read(Fields.value(json, "at")),
                Fields.text(json, "evidence"),
                Objectives.Compliance.valueOf(Fields.text(json, "rto")),
                Objectives.Compliance.valueOf(Fields.text(json, "rpo")));
    }
}

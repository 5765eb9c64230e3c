package io.statehub.sidecar.journal.codec;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.failover.Availability;
import io.statehub.sidecar.failover.PrimarySight;
import io.statehub.sidecar.failover.PrimarySights;
import io.statehub.sidecar.failover.Redundancy;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.StandbySight;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a successor needs to continue. What was counted is left out: counters begin with their process. So is the
 * history, which has lines of its own.
 */
final class CheckpointCodec {

    /** Five minutes at a beat a second, and 100 kB: what a promoted standby can lack without being far behind. */
    static final int MOST_BEATS = 300;

    private final FactCodec facts;

    CheckpointCodec(FactCodec facts) {
        this.facts = facts;
    }

    /** @param beats how many of the newest heartbeats to remember, at most */
    static JsonObject write(Tracking tracking, int beats) {
        JsonObjectBuilder services = JSON.createObjectBuilder();
        tracking.services().forEach((service, availability) -> services.add(service.name(), write(availability)));
        JsonObjectBuilder standbys = JSON.createObjectBuilder();
        tracking.standbys().forEach((member, sight) -> standbys.add(member, FactCodec.write(sight)));
        JsonArrayBuilder ledger = JSON.createArrayBuilder();
        // While nothing is in question, a successor begins a ledger of its own.
        int entries = tracking.state().incident().isPresent() ? beats : 0;
        tracking.ledger().newest(entries).entries().forEach(entry -> ledger.add(FactCodec.write(entry)));
        JsonObjectBuilder primaries = JSON.createObjectBuilder();
        tracking.primaries().byMember().forEach((member, sight) -> primaries.add(member, FactCodec.write(sight)));
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("state", StateCodec.write(tracking.state()))
                .add("services", services)
                .add("standbys", standbys)
                .add("primaries", primaries)
                .add("ledger", ledger)
                .add("redundancy", write(tracking.redundancy()))
                .add("looked", MomentCodec.write(tracking.looked()));
        return json.build();
    }

    /** @param begin what the process would begin with if nothing were remembered */
    Tracking tracking(JsonValue value, Tracking begin) {
        JsonObject json = value.asJsonObject();
        Map<Service, Availability> services = new EnumMap<>(Service.class);
        services.putAll(begin.services());
        Fields.value(json, "services")
                .asJsonObject()
                .forEach((service, availability) -> services.put(Service.valueOf(service), availability(availability)));
        WriteLedger ledger = new WriteLedger(
                Fields.value(json, "ledger").asJsonArray().stream()
                        .map(facts::entry)
                        .toList(),
                begin.ledger().capacity(),
                // Nobody knows what was acknowledged between the last checkpoint and the end of its process.
                false);
        return new Tracking(
                new StateCodec(facts).state(Fields.value(json, "state")),
                services,
                ledger,
                Optional.empty(),
                standbys(json),
                redundancy(Fields.value(json, "redundancy")),
                facts.moments().read(Fields.value(json, "looked")),
                new PrimarySights(primaries(json)),
                List.of(),
                begin.tally());
    }

    /** Format 1 didn't say which server a standby was. */
    private Map<String, StandbySight> standbys(JsonObject json) {
        Map<String, StandbySight> standbys = new HashMap<>();
        if (!facts.isFormatOne()) {
            Fields.value(json, "standbys")
                    .asJsonObject()
                    .forEach((member, sight) -> standbys.put(member, facts.standby(sight)));
        }
        return standbys;
    }

    /** Format 1 knew of one at a time. */
    private Map<String, PrimarySight> primaries(JsonObject json) {
        Map<String, PrimarySight> primaries = new HashMap<>();
        if (facts.isFormatOne()) {
            Fields.get(Fields.value(json, "state").asJsonObject(), "leader", facts::leader)
                    .ifPresent(leader -> primaries.put(
                            leader.member(),
                            new PrimarySight(
                                    leader,
                                    leader.seenAt(),
                                    leader.seenAt(),
                                    false,
                                    false,
                                    Fields.get(json, "shutdown", facts::occurrence)
                                            .map(sign -> new PrimarySight.Shutdown(leader.identity(), sign)),
                                    Optional.empty())));
        } else {
            Fields.value(json, "primaries")
                    .asJsonObject()
                    .forEach((member, sight) -> primaries.put(member, facts.primary(sight)));
        }
        return primaries;
    }

    private static JsonObject write(Availability availability) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        Fields.add(json, "lastGood", availability.lastGood(), MomentCodec::write);
        Fields.add(json, "lastBad", availability.lastBad(), MomentCodec::write);
        Fields.add(json, "open", availability.open(), FactCodec::write);
        Fields.add(json, "last", availability.last(), FactCodec::write);
        return json.build();
    }

    private Availability availability(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return Availability.resumed(
                Fields.get(json, "lastGood", facts.moments()::read),
                Fields.get(json, "lastBad", facts.moments()::read),
                Fields.get(json, "open", facts::outage),
                Fields.get(json, "last", facts::outage));
    }

    private static JsonObject write(Redundancy redundancy) {
        return JSON.createObjectBuilder()
                .add("streaming", redundancy.streaming())
                .add("before", redundancy.before())
                .add("changed", MomentCodec.write(redundancy.changed()))
                .build();
    }

    private Redundancy redundancy(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new Redundancy(
                Math.toIntExact(Fields.required(json, "streaming")),
                Math.toIntExact(Fields.required(json, "before")),
                facts.moments().read(Fields.value(json, "changed")));
    }
}

package io.statehub.sidecar.journal.codec;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Leader;
import io.statehub.sidecar.failover.Standing;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** The state that a process ended in, as its successor begins. */
final class StateCodec {

    private final FactCodec facts;

    StateCodec(FactCodec facts) {
        this.facts = facts;
    }

    static JsonObject write(FailoverState state) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("state", state.label());
        Fields.add(json, "leader", state.leader(), FactCodec::write);
        Fields.add(json, "incident", state.incident(), IncidentCodec::write);
        return json.build();
    }

    /** What was quiet begins as unknown, with the leader remembered: nothing is in view yet. */
    FailoverState state(JsonValue value) {
        JsonObject json = value.asJsonObject();
        Optional<Leader> leader = Fields.get(json, "leader", facts::leader);
        Optional<Incident> incident = Fields.get(json, "incident", new IncidentCodec(facts)::incident);
        if (incident.isEmpty()) {
            return new FailoverState.Unknown(leader);
        }
        Incident trouble = incident.get();
        Standing standing = Standing.valueOf(Fields.text(json, "state").toUpperCase(Locale.ROOT));
        return switch (standing) {
            case UNKNOWN, STABLE ->
                throw new IllegalArgumentException("an incident is open, and the state is " + standing.label());
            case PRIMARY_SUSPECT -> new FailoverState.Suspect(trouble);
            case FAILING_OVER -> new FailoverState.FailingOver(trouble);
            case PRIMARY_RETURNED -> new FailoverState.Returned(trouble, leader.orElseThrow());
            case PROMOTED -> new FailoverState.Promoted(trouble);
            case ROUTED -> new FailoverState.Routed(trouble);
            case SPLIT_BRAIN -> new FailoverState.SplitBrain(trouble, leader.orElseThrow());
        };
    }
}

package io.statehub.sidecar.record;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Leader;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
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
        String label = Fields.text(json, "state");
        return switch (label) {
            case "primary_suspect" -> new FailoverState.Suspect(trouble);
            case "failing_over" -> new FailoverState.FailingOver(trouble);
            case "primary_returned" -> new FailoverState.Returned(trouble, leader.orElseThrow());
            case "promoted" -> new FailoverState.Promoted(trouble);
            case "routed" -> new FailoverState.Routed(trouble);
            case "split_brain" -> new FailoverState.SplitBrain(trouble, leader.orElseThrow());
            default -> throw new IllegalArgumentException("no state is called '" + label + "'");
        };
    }
}

package io.statehub.sidecar.exposure.web;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/** What the tracker knows of failovers, as documented in docs/failovers.md. */
final class FailoversJson {

    private FailoversJson() {}

    /**
     * The current state with one page of the incidents that ended.
     *
     * @param page newest first
     * @param next where the page after it is; empty if there is none
     */
    static String list(AgentSnapshot snapshot, boolean stale, List<Incident> page, Optional<String> next) {
        Tracking tracking = snapshot.tracking();
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.write("at", snapshot.at().wallClock().toString());
            json.write("stale", stale);
            json.write("state", tracking.state().label());
            LeaderJson.write("leader", tracking.state().leader(), json);
            current(snapshot, json);
            json.writeStartArray("failovers");
            for (Incident incident : page) {
                json.writeStartObject();
                IncidentJson.fields(incident, tracking, snapshot.at(), json);
                json.writeEnd();
            }
            json.writeEnd();
            TargetJson.text("next", next, json);
            json.writeEnd();
        }
        return out.toString();
    }

    private static void current(AgentSnapshot snapshot, JsonGenerator json) {
        Optional<Incident> current = snapshot.tracking().state().incident();
        if (current.isEmpty()) {
            json.writeNull("current");
            return;
        }
        json.writeStartObject("current");
        IncidentJson.fields(current.get(), snapshot.tracking(), snapshot.at(), json);
        json.writeEnd();
    }

    static String one(AgentSnapshot snapshot, Incident incident) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            IncidentJson.fields(incident, snapshot.tracking(), snapshot.at(), json);
            json.writeEnd();
        }
        return out.toString();
    }

    static String error(String what) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.write("error", what);
            json.writeEnd();
        }
        return out.toString();
    }
}

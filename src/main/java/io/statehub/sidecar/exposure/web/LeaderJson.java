package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.failover.Leader;
import jakarta.json.stream.JsonGenerator;
import java.util.Optional;
import java.util.OptionalLong;

/** A primary, by name and timeline. */
final class LeaderJson {

    private LeaderJson() {}

    static void write(String name, Optional<Leader> leader, JsonGenerator json) {
        if (leader.isEmpty()) {
            json.writeNull(name);
            return;
        }
        json.writeStartObject(name);
        fields(leader.get(), json);
        json.writeEnd();
    }

    /** With the cluster that its server belongs to. */
    static void writeWithSystem(String name, Optional<Leader> leader, JsonGenerator json) {
        if (leader.isEmpty()) {
            json.writeNull(name);
            return;
        }
        json.writeStartObject(name);
        fields(leader.get(), json);
        json.write(
                "systemIdentifier", leader.get().identity().systemIdentifier().toString());
        json.writeEnd();
    }

    static void fields(Leader leader, JsonGenerator json) {
        json.write("member", leader.member());
        TargetJson.number(
                "timeline",
                leader.timeline()
                        .map(timeline -> OptionalLong.of(timeline.number()))
                        .orElse(OptionalLong.empty()),
                json);
    }
}

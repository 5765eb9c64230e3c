package io.statehub.sidecar.record;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of the journal: events as evidence, incidents that ended, and checkpoints to go on from. Each says when it was
 * written, and which clock its readings are of.
 *
 * @param origin the origin of this process's monotonic clock; empty if it can't be told
 */
public record FailoverLines(Optional<String> origin) {

    private static final String KIND = "kind";
    private static final String ORIGIN = "clock";
    private static final String BODY = "body";

    /** A line for something that was noticed. */
    public JsonObject event(FailoverEvent event) {
        JsonObjectBuilder body =
                JSON.createObjectBuilder().add("event", event.kind().label()).add("at", FactCodec.write(event.at()));
        Fields.add(body, "incident", event.incident(), JSON::createValue);
        return line("event", event.at().latest(), body.build());
    }

    /** A line for an incident that ended. */
    public JsonObject incident(Incident incident) {
        return line(
                "incident",
                incident.ending().map(Incident.Ending::at).orElse(incident.noticed()),
                IncidentCodec.write(incident));
    }

    /** A line from which a successor can go on. */
    public JsonObject checkpoint(Tracking tracking, Moment now) {
        return line("checkpoint", now, CheckpointCodec.write(tracking));
    }

    private JsonObject line(String kind, Moment at, JsonObject body) {
        JsonObjectBuilder line = JSON.createObjectBuilder()
                .add(KIND, kind)
                .add("at", at.wallClock().toString());
        Fields.add(line, ORIGIN, origin, JSON::createValue);
        return line.add(BODY, body).build();
    }

    /**
     * What a process can go on from.
     *
     * @param tracking where to begin
     * @param unreadable lines that were whole and yet made no sense, one message each
     */
    public record Resumed(Tracking tracking, List<String> unreadable) {
        public Resumed {
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * Reads all lines, oldest first. The last checkpoint counts, and every incident.
     *
     * @param begin where to begin if nothing is remembered
     * @param now the reader's present, which readings of another boot are put in relation to
     */
    public Resumed resume(List<JsonObject> lines, Tracking begin, Moment now) {
        Map<String, Incident> incidents = new LinkedHashMap<>();
        Optional<Tracking> last = Optional.empty();
        List<String> unreadable = new ArrayList<>();
        for (JsonObject line : lines) {
            try {
                FactCodec facts = new FactCodec(MomentCodec.reading(now, written(line), origin));
                String kind = Fields.text(line, KIND);
                if ("incident".equals(kind)) {
                    Incident incident = new IncidentCodec(facts).incident(Fields.value(line, BODY));
                    incidents.remove(incident.id());
                    incidents.put(incident.id(), incident);
                } else if ("checkpoint".equals(kind)) {
                    last = Optional.of(new CheckpointCodec(facts).tracking(Fields.value(line, BODY), begin));
                }
            } catch (IllegalArgumentException
                    | DateTimeException
                    | JsonException
                    | ClassCastException
                    | ArithmeticException e) {
                // Its checksum is right, so another version wrote it.
                unreadable.add("a line of " + line.getOrDefault("at", line) + ": " + e);
            }
        }
        return new Resumed(with(last.orElse(begin), incidents), unreadable);
    }

    private static Optional<String> written(JsonObject line) {
        return Optional.ofNullable(line.getString(ORIGIN, null));
    }

    private static Tracking with(Tracking tracking, Map<String, Incident> incidents) {
        List<Incident> newestFirst = new ArrayList<>();
        incidents.values().forEach(incident -> newestFirst.add(0, incident));
        // An incident that has ended since the last checkpoint was written doesn't go on.
        Tracking unended = tracking.state()
                .incident()
                .filter(open -> incidents.containsKey(open.id()))
                .map(open -> tracking.quiet())
                .orElse(tracking);
        return unended.remembering(newestFirst);
    }
}

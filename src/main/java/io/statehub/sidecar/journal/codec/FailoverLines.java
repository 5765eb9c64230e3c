package io.statehub.sidecar.journal.codec;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.file.LineKind;
import io.statehub.sidecar.journal.file.SealedLine;
import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * The lines of the journal: events as evidence, incidents that ended, and checkpoints to resume from. Each says when it
 * was written, and which clock its readings are of.
 *
 * @param origin the origin of this process's monotonic clock; empty if it is unknown
 */
public record FailoverLines(Optional<String> origin) {

    private static final String FORMAT = "v";
    private static final String ORIGIN = "clock";
    private static final String BODY = "body";

    /** A line for something that was noticed. */
    public byte[] event(FailoverEvent event) {
        JsonObjectBuilder body =
                JSON.createObjectBuilder().add("event", event.kind().label()).add("at", FactCodec.write(event.at()));
        Fields.add(body, "incident", event.incident(), JSON::createValue);
        return line(LineKind.EVENT, event.at().latest(), body.build());
    }

    /** A line for an incident that ended. */
    public byte[] incident(Incident incident) {
        return line(
                LineKind.INCIDENT,
                incident.ending().map(Incident.Ending::at).orElse(incident.noticed()),
                IncidentCodec.write(incident));
    }

    /**
     * A line from which a successor can continue.
     *
     * @param most bytes that it may have: as many of the newest heartbeats are remembered as fit
     * @throws IllegalArgumentException if it has more without any
     */
    public byte[] checkpoint(Tracking tracking, Moment now, long most) {
        int beats = CheckpointCodec.MOST_BEATS;
        byte[] line = line(LineKind.CHECKPOINT, now, CheckpointCodec.write(tracking, beats));
        while (line.length > most) {
            if (beats == 0) {
                throw new IllegalArgumentException(
                        "a checkpoint has " + line.length + " bytes without any heartbeat; allowed: " + most);
            }
            beats = beats / 2;
            line = line(LineKind.CHECKPOINT, now, CheckpointCodec.write(tracking, beats));
        }
        return line;
    }

    private byte[] line(LineKind kind, Moment at, JsonObject body) {
        JsonObjectBuilder line =
                JSON.createObjectBuilder().add("at", at.wallClock().toString());
        Fields.add(line, ORIGIN, origin, JSON::createValue);
        return SealedLine.of(kind, line.add(BODY, body).build());
    }

    /**
     * The incident that a line is of.
     *
     * @param now the reader's present, which readings of another boot are put in relation to
     * @throws RuntimeException if the line makes no sense, with whichever exception shows it
     */
    public Incident incident(JsonObject line, Moment now) {
        return new IncidentCodec(facts(line, now)).incident(Fields.value(line, BODY));
    }

    /**
     * Where a checkpoint ended.
     *
     * @param begin where to begin if nothing is remembered
     * @param now the reader's present, which readings of another boot are put in relation to
     * @throws RuntimeException if the line makes no sense, with whichever exception shows it
     */
    public Tracking checkpoint(JsonObject line, Tracking begin, Moment now) {
        return new CheckpointCodec(facts(line, now)).tracking(Fields.value(line, BODY), begin);
    }

    private FactCodec facts(JsonObject line, Moment now) {
        Optional<String> written = Fields.get(line, ORIGIN, Fields::text);
        return new FactCodec(MomentCodec.reading(now, written, origin), Math.toIntExact(Fields.required(line, FORMAT)));
    }
}

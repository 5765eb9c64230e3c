package io.statehub.sidecar.journal.codec;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Count;
import io.statehub.sidecar.failover.Leader;
import io.statehub.sidecar.failover.LedgerEntry;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.failover.Outage;
import io.statehub.sidecar.failover.PrimarySight;
import io.statehub.sidecar.failover.StandbySight;
import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The small facts that incidents and checkpoints are made of, as JSON and back. Durations are in nanoseconds. */
final class FactCodec {

    private final MomentCodec moments;
    private final int format;

    /** @param format of the lines that are read */
    FactCodec(MomentCodec moments, int format) {
        this.moments = moments;
        this.format = format;
    }

    /** Whether a line is read that knew less: what it lacks is as if it had not been seen. */
    boolean isFormatOne() {
        return format == 1;
    }

    MomentCodec moments() {
        return moments;
    }

    static JsonObject write(Occurrence occurrence) {
        return JSON.createObjectBuilder()
                .add("earliest", MomentCodec.write(occurrence.earliest()))
                .add("latest", MomentCodec.write(occurrence.latest()))
                .add("evidence", occurrence.evidence())
                .build();
    }

    Occurrence occurrence(JsonValue value) {
        JsonObject json = value.asJsonObject();
        MomentCodec.requireOrder(json, "earliest", "latest");
        return Occurrence.between(
                moments.read(Fields.value(json, "earliest")),
                moments.read(Fields.value(json, "latest")),
                Fields.text(json, "evidence"));
    }

    static JsonObject write(Bounds bounds) {
        JsonObjectBuilder json =
                JSON.createObjectBuilder().add("lowerNs", bounds.lower().toNanos());
        Fields.add(json, "upperNs", bounds.upper(), upper -> JSON.createValue(upper.toNanos()));
        return json.build();
    }

    static Bounds bounds(JsonValue value) {
        JsonObject json = value.asJsonObject();
        OptionalLong upper = Fields.number(json, "upperNs");
        return new Bounds(
                Fields.nanos(json, "lowerNs"),
                upper.isPresent() ? Optional.of(Duration.ofNanos(upper.getAsLong())) : Optional.empty());
    }

    static JsonObject write(Count count) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("atLeast", count.atLeast());
        Fields.add(json, "atMost", count.atMost());
        return json.build();
    }

    static Count count(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new Count(Fields.required(json, "atLeast"), Fields.number(json, "atMost"));
    }

    static JsonObject write(ServerIdentity identity) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("systemIdentifier", identity.systemIdentifier().value())
                .add("postmasterStart", identity.postmasterStart().toString());
        Fields.add(json, "timeline", identity.timeline(), timeline -> JSON.createValue(timeline.number()));
        Fields.add(json, "position", identity.position(), FactCodec::write);
        return json.build();
    }

    static ServerIdentity identity(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new ServerIdentity(
                new SystemIdentifier(Fields.required(json, "systemIdentifier")),
                Fields.get(json, "timeline", FactCodec::timeline),
                Fields.get(json, "position", FactCodec::lsn),
                Instant.parse(Fields.text(json, "postmasterStart")));
    }

    static JsonString write(Lsn position) {
        return JSON.createValue(position.toString());
    }

    static Lsn lsn(JsonValue value) {
        return Lsn.parse(((JsonString) value).getString());
    }

    static Timeline timeline(JsonValue value) {
        return new Timeline(((JsonNumber) value).longValueExact());
    }

    static JsonObject write(Leader leader) {
        return JSON.createObjectBuilder()
                .add("member", leader.member())
                .add("identity", write(leader.identity()))
                .add("seenAt", MomentCodec.write(leader.seenAt()))
                .build();
    }

    Leader leader(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new Leader(
                Fields.text(json, "member"),
                identity(Fields.value(json, "identity")),
                moments.read(Fields.value(json, "seenAt")));
    }

    static JsonObject write(Outage outage) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("firstBad", MomentCodec.write(outage.firstBad()))
                .add("lastBad", MomentCodec.write(outage.lastBad()))
                .add("cause", outage.cause())
                .add("unwatchedNs", outage.unwatched().toNanos());
        Fields.add(json, "lastGood", outage.lastGood(), MomentCodec::write);
        Fields.add(json, "firstGood", outage.firstGood(), MomentCodec::write);
        return json.build();
    }

    Outage outage(JsonValue value) {
        JsonObject json = value.asJsonObject();
        MomentCodec.requireOrder(json, "lastGood", "firstBad");
        MomentCodec.requireOrder(json, "lastBad", "firstGood");
        return Outage.between(
                Fields.get(json, "lastGood", moments::read),
                moments.read(Fields.value(json, "firstBad")),
                moments.read(Fields.value(json, "lastBad")),
                Fields.get(json, "firstGood", moments::read),
                Fields.text(json, "cause"),
                isFormatOne() ? Duration.ZERO : Fields.nanos(json, "unwatchedNs"));
    }

    static JsonObject write(StandbySight standby) {
        return JSON.createObjectBuilder()
                .add("asked", MomentCodec.write(standby.asked()))
                .add("identity", write(standby.identity()))
                .add("streaming", standby.streaming())
                .build();
    }

    StandbySight standby(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new StandbySight(
                moments.read(Fields.value(json, "asked")),
                identity(Fields.value(json, "identity")),
                Fields.flag(json, "streaming"));
    }

    static JsonObject write(PrimarySight primary) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("leader", write(primary.leader()))
                .add("since", MomentCodec.write(primary.since()))
                .add("until", MomentCodec.write(primary.until()))
                .add("beside", primary.beside());
        Fields.add(json, "shutdown", primary.shutdown().map(PrimarySight.Shutdown::sign), FactCodec::write);
        Fields.add(json, "shutdownOf", primary.shutdown().map(PrimarySight.Shutdown::run), FactCodec::write);
        Fields.add(json, "over", primary.over(), FactCodec::write);
        return json.build();
    }

    PrimarySight primary(JsonValue value) {
        JsonObject json = value.asJsonObject();
        MomentCodec.requireOrder(json, "since", "until");
        Moment until = moments.read(Fields.value(json, "until"));
        return new PrimarySight(
                leader(Fields.value(json, "leader")),
                Moment.earliest(moments.read(Fields.value(json, "since")), until),
                until,
                Fields.flag(json, "beside"),
                // Nobody has listened since the predecessor did.
                false,
                shutdown(json),
                Fields.get(json, "over", this::occurrence));
    }

    /** A sign of which nobody wrote down whose it was is nobody's. */
    private Optional<PrimarySight.Shutdown> shutdown(JsonObject json) {
        return Fields.get(json, "shutdownOf", FactCodec::identity)
                .flatMap(run -> Fields.get(json, "shutdown", this::occurrence)
                        .map(sign -> new PrimarySight.Shutdown(run, sign)));
    }

    static JsonObject write(LedgerEntry entry) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("run", entry.beat().run())
                .add("sequence", entry.beat().sequence())
                .add("begun", MomentCodec.write(entry.begun()))
                .add("at", MomentCodec.write(entry.at()));
        Fields.add(json, "ackedBy", entry.ackedBy(), FactCodec::write);
        Fields.add(json, "position", entry.position(), FactCodec::write);
        return json.build();
    }

    LedgerEntry entry(JsonValue value) {
        JsonObject json = value.asJsonObject();
        MomentCodec.requireOrder(json, "begun", "at");
        Moment at = moments.read(Fields.value(json, "at"));
        return new LedgerEntry(
                new Beat(Fields.text(json, "run"), Fields.required(json, "sequence")),
                Moment.earliest(moments.read(Fields.value(json, "begun")), at),
                at,
                Fields.get(json, "ackedBy", FactCodec::identity),
                Fields.get(json, "position", FactCodec::lsn));
    }
}

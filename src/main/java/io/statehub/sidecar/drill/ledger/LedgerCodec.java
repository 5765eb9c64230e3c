package io.statehub.sidecar.drill.ledger;

import static io.statehub.sidecar.json.JsonLibrary.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Concluded;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Ended;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Outcome;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sampled;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sent;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Survived;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Triggered;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Undo;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** A record as a line: the checksum of the JSON that follows it, and that. */
final class LedgerCodec {

    private static final int CHECKSUM = 8;

    private LedgerCodec() {}

    static String line(LedgerRecord record) {
        String json = json(record).build().toString();
        return checksum(json) + " " + json + "\n";
    }

    private static String checksum(String json) {
        CRC32C checksum = new CRC32C();
        checksum.update(json.getBytes(UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    private static JsonObjectBuilder json(LedgerRecord record) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        if (record instanceof Begun begun) {
            JsonObjectBuilder plan = JSON.createObjectBuilder();
            begun.plan().forEach(plan::add);
            return json.add("begun", begun.id())
                    .add("kind", begun.kind())
                    .add("started", begun.started().toString())
                    .add("plan", plan);
        }
        json.add("at", record.at());
        if (record instanceof Sent sent) {
            json.add("sent", sent.sequence());
        } else if (record instanceof Tried tried) {
            json.add("tried", tried.track().label())
                    .add("sequence", tried.sequence())
                    .add("begun", tried.begun())
                    .add("outcome", tried.outcome().label())
                    .add("detail", tried.detail());
        } else if (record instanceof Sampled sampled) {
            json.add("streaming", sampled.streaming()).add("standing", sampled.standing());
            sampled.lagBytes().ifPresent(bytes -> json.add("lagBytes", bytes));
        } else if (record instanceof Happened happened) {
            json.add("happened", happened.kind())
                    .add("earliest", happened.earliest())
                    .add("latest", happened.latest())
                    .add("evidence", happened.evidence());
        } else if (record instanceof Triggered triggered) {
            json.add("triggered", triggered.over()).add("said", triggered.said());
        } else if (record instanceof Concluded concluded) {
            json.add("concluded", concluded.outcome()).add("evidence", concluded.evidence());
        } else if (record instanceof Undo undo) {
            json.add("undo", undo.what()).add("done", undo.done());
        } else if (record instanceof Survived survived) {
            json.add("survived", survived.numbers());
        } else if (record instanceof Ended ended) {
            json.add("ended", ended.why().label());
        }
        return json;
    }

    /** What a line says, given without its end; empty if it is damaged or torn. */
    static Optional<LedgerRecord> read(String line) {
        if (line.length() <= CHECKSUM || line.charAt(CHECKSUM) != ' ') {
            return Optional.empty();
        }
        String json = line.substring(CHECKSUM + 1);
        if (!checksum(json).equals(line.substring(0, CHECKSUM))) {
            return Optional.empty();
        }
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return Optional.of(read(reader.readObject()));
        } catch (JsonException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LedgerRecord read(JsonObject json) {
        if (json.containsKey("begun") && json.containsKey("plan")) {
            Map<String, String> plan = new LinkedHashMap<>();
            json.getJsonObject("plan").forEach((name, value) -> plan.put(name, ((JsonString) value).getString()));
            return new Begun(
                    json.getString("begun"), json.getString("kind"), Instant.parse(json.getString("started")), plan);
        }
        long at = number(json, "at");
        if (json.containsKey("sent")) {
            return new Sent(at, number(json, "sent"));
        }
        if (json.containsKey("tried")) {
            return new Tried(
                    at,
                    Track.valueOf(upper(json, "tried")),
                    number(json, "sequence"),
                    number(json, "begun"),
                    Outcome.valueOf(upper(json, "outcome")),
                    json.getString("detail"));
        }
        if (json.containsKey("happened")) {
            return new Happened(
                    at,
                    json.getString("happened"),
                    number(json, "earliest"),
                    number(json, "latest"),
                    json.getString("evidence"));
        }
        if (json.containsKey("triggered")) {
            return new Triggered(at, json.getBoolean("triggered"), json.getString("said"));
        }
        if (json.containsKey("concluded")) {
            return new Concluded(at, json.getString("concluded"), json.getString("evidence"));
        }
        if (json.containsKey("undo")) {
            return new Undo(at, json.getString("undo"), json.getBoolean("done"));
        }
        if (json.containsKey("survived")) {
            return new Survived(at, json.getString("survived"));
        }
        if (json.containsKey("ended")) {
            return new Ended(at, End.valueOf(upper(json, "ended")));
        }
        OptionalLong lag =
                json.containsKey("lagBytes") ? OptionalLong.of(number(json, "lagBytes")) : OptionalLong.empty();
        return new Sampled(at, lag, json.getInt("streaming"), json.getString("standing"));
    }

    private static long number(JsonObject json, String name) {
        return json.getJsonNumber(name).longValueExact();
    }

    private static String upper(JsonObject json, String name) {
        return json.getString(name).toUpperCase(Locale.ROOT);
    }
}

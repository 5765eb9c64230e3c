package io.statehub.sidecar.drill.ledger;

import static java.util.Map.entry;

import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Concluded;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Ended;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sampled;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sent;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Survived;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Triggered;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Undo;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@link RecordWriter} wrote. */
final class RecordReader {

    private static final String AT = "at";

    private static final Map<String, Function<JsonObject, LedgerRecord>> BY_KIND = Map.ofEntries(
            entry("begun", RecordReader::begun),
            entry("sent", json -> new Sent(at(json), number(json, "sent"))),
            entry("tried", RecordReader::tried),
            entry("streaming", RecordReader::sampled),
            entry("happened", RecordReader::happened),
            entry("triggered", json -> new Triggered(at(json), json.getBoolean("triggered"), json.getString("said"))),
            entry(
                    "concluded",
                    json -> new Concluded(at(json), json.getString("concluded"), json.getString("evidence"))),
            entry("undo", json -> new Undo(at(json), json.getString("undo"), json.getBoolean("done"))),
            entry("survived", json -> new Survived(at(json), json.getString("survived"))),
            entry("ended", json -> new Ended(at(json), word(json, "ended", End.values(), End::label))));

    private RecordReader() {}

    /**
     * The record, whose kind is the first member but for the moment.
     *
     * @throws UnknownWordException if it is of no kind that is known, or one of its words is not known
     * @throws RuntimeException if it makes no sense, with whichever exception shows it
     */
    static LedgerRecord read(JsonObject json) {
        String kind = json.keySet().stream()
                .filter(name -> !name.equals(AT))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a record of no kind"));
        @Nullable Function<JsonObject, LedgerRecord> reader = BY_KIND.get(kind);
        if (reader == null) {
            throw new UnknownWordException("kind of record", kind, BY_KIND.keySet());
        }
        return reader.apply(json);
    }

    private static LedgerRecord begun(JsonObject json) {
        Map<String, String> plan = new LinkedHashMap<>();
        json.getJsonObject("plan").forEach((name, value) -> plan.put(name, ((JsonString) value).getString()));
        return new Begun(
                json.getString("begun"), json.getString("kind"), Instant.parse(json.getString("started")), plan);
    }

    private static LedgerRecord tried(JsonObject json) {
        return new Tried(
                at(json),
                word(json, "tried", Track.values(), Track::label),
                number(json, "sequence"),
                number(json, "begun"),
                word(json, "outcome", TryOutcome.values(), TryOutcome::label),
                json.getString("detail"));
    }

    private static LedgerRecord sampled(JsonObject json) {
        OptionalLong lag =
                json.containsKey("lagBytes") ? OptionalLong.of(number(json, "lagBytes")) : OptionalLong.empty();
        return new Sampled(at(json), lag, Math.toIntExact(number(json, "streaming")), json.getString("standing"));
    }

    private static LedgerRecord happened(JsonObject json) {
        return new Happened(
                at(json),
                json.getString("happened"),
                number(json, "earliest"),
                number(json, "latest"),
                json.getString("evidence"));
    }

    private static long at(JsonObject json) {
        return number(json, AT);
    }

    private static long number(JsonObject json, String name) {
        return json.getJsonNumber(name).longValueExact();
    }

    private static <T> T word(JsonObject json, String name, T[] words, Function<T, String> label) {
        String word = json.getString(name);
        return Arrays.stream(words)
                .filter(each -> label.apply(each).equals(word))
                .findFirst()
                .orElseThrow(() -> new UnknownWordException(
                        "'" + name + "'", word, Arrays.stream(words).map(label).collect(Collectors.toSet())));
    }
}

package io.statehub.sidecar.drill.restore;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What {@link ManifestWriter} wrote. */
final class ManifestParser {

    private ManifestParser() {}

    /** @throws RuntimeException if a value has a form that there can't be, with whichever exception shows it */
    static Manifest manifest(JsonObject body) {
        return new Manifest(
                origin(body.getJsonObject("origin")),
                body.getInt("recordsPerTable"),
                texts(body, "roles"),
                list(
                        body,
                        "objects",
                        it -> new SchemaObject(it.getString("kind"), it.getString("name"), it.getString("definition"))),
                list(body, "tables", ManifestParser::table),
                list(
                        body,
                        "sequences",
                        it -> new SequenceState(
                                it.getString("name"),
                                number(it, "lastValue"),
                                it.getBoolean("called"),
                                number(it, "increment"))),
                list(body, "unseen", it -> new Unseen(it.getString("subject"), it.getString("reason"))));
    }

    private static Origin origin(JsonObject json) {
        return new Origin(
                Instant.parse(json.getString("takenAt")),
                json.getString("systemIdentifier"),
                json.getInt("timeline"),
                json.getString("lsn"),
                json.getBoolean("standby"),
                json.getString("database"),
                json.getString("role"),
                json.getString("serverVersion"),
                json.getInt("majorVersion"),
                json.getString("encoding"),
                json.getString("collation"),
                ContentDigest.parse(json.getString("hashCheck")));
    }

    private static TableState table(JsonObject json) {
        return new TableState(json.getString("name"), json.getBoolean("unlogged"), rows(json));
    }

    private static TableRows rows(JsonObject json) {
        Optional<String> unread = text(json, "unread");
        if (unread.isPresent()) {
            return new TableRows.Unread(unread.get());
        }
        Optional<String> skipped = text(json, "skipped");
        if (skipped.isPresent()) {
            return new TableRows.Skipped(skipped.get());
        }
        List<RecordDigest> records = list(
                json, "records", it -> new RecordDigest(texts(it, "key"), ContentDigest.parse(it.getString("digest"))));
        return new TableRows.Read(
                number(json, "rows"),
                ContentDigest.parse(json.getString("digest")),
                new TableRecords(texts(json, "key"), records, json.getBoolean("allRecorded")));
    }

    private static Optional<String> text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static long number(JsonObject json, String name) {
        JsonNumber number = json.getJsonNumber(name);
        return number.longValueExact();
    }

    private static List<String> texts(JsonObject json, String name) {
        return json.getJsonArray(name).getValuesAs(JsonString::getString);
    }

    private static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> each) {
        return json.getJsonArray(name).getValuesAs(JsonObject.class).stream()
                .map(each)
                .toList();
    }
}

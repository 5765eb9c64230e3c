package io.statehub.sidecar.drill.restore;

import static io.statehub.sidecar.json.JsonLibrary.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A manifest as one JSON document, with a version and a checksum. The checksum is over values, not over layout: a
 * document may be indented again, but a value that was changed is found.
 */
public final class ManifestJson {

    /** Most characters of a document that is read: more than 10,000 tables with 100 records each come to. */
    public static final int MAX_LENGTH = 256 << 20;

    private static final String FORMAT = "state-hub-restore-manifest";
    private static final int VERSION = 2;

    private ManifestJson() {}

    /** The document, on one line. */
    public static String write(Manifest manifest) {
        JsonObject body = body(manifest).build();
        return JSON.createObjectBuilder()
                        .add("format", FORMAT)
                        .add("version", VERSION)
                        .add("sha256", checksum(body))
                        .add("manifest", body)
                        .build()
                + "\n";
    }

    /**
     * Reads a document.
     *
     * @throws UnusableManifestException if it is none, is of another version, was changed, or has a value that there
     *     can't be
     */
    public static Manifest read(String text) throws UnusableManifestException {
        JsonObject document = parsed(text);
        if (!FORMAT.equals(document.getString("format", ""))) {
            throw new UnusableManifestException("it is no manifest: its \"format\" is not " + FORMAT);
        }
        JsonValue version = document.getOrDefault("version", JsonValue.NULL);
        if (!version.toString().equals(Integer.toString(VERSION))) {
            throw new UnusableManifestException("it is a manifest of version " + version
                    + ", and this program reads version " + VERSION + ": use the program that wrote it");
        }
        if (!(document.get("manifest") instanceof JsonObject body)) {
            throw new UnusableManifestException("it has no object \"manifest\"");
        }
        if (!checksum(body).equals(document.getString("sha256", ""))) {
            throw new UnusableManifestException(
                    "its checksum is wrong: it was changed after it was written, or damaged");
        }
        try {
            return manifest(body);
        } catch (JsonException
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeParseException e) {
            throw new UnusableManifestException(
                    "its checksum is right, but a value has a form that there can't be: " + e.getMessage());
        }
    }

    private static JsonObject parsed(String text) throws UnusableManifestException {
        if (text.length() > MAX_LENGTH) {
            throw new UnusableManifestException("it has more than the allowed " + MAX_LENGTH + " characters");
        }
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new UnusableManifestException("it is not JSON: it was cut off, or is something else");
        }
    }

    private static String checksum(JsonObject body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(body.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static JsonObjectBuilder body(Manifest manifest) {
        return JSON.createObjectBuilder()
                .add("origin", origin(manifest.origin()))
                .add("recordsPerTable", manifest.recordsPerTable())
                .add("roles", JSON.createArrayBuilder(manifest.roles()))
                .add("tables", array(manifest.tables(), ManifestJson::table))
                .add("sequences", array(manifest.sequences(), ManifestJson::sequence))
                .add("objects", array(manifest.objects(), ManifestJson::object))
                .add("unseen", array(manifest.unseen(), ManifestJson::unseen));
    }

    private static <T> JsonArrayBuilder array(List<T> all, Function<T, JsonObjectBuilder> each) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        all.forEach(one -> array.add(each.apply(one)));
        return array;
    }

    private static JsonObjectBuilder origin(Origin origin) {
        return JSON.createObjectBuilder()
                .add("takenAt", origin.takenAt().toString())
                .add("systemIdentifier", origin.systemIdentifier())
                .add("timeline", origin.timeline())
                .add("lsn", origin.lsn())
                .add("standby", origin.standby())
                .add("database", origin.database())
                .add("role", origin.role())
                .add("serverVersion", origin.serverVersion())
                .add("majorVersion", origin.majorVersion())
                .add("encoding", origin.encoding())
                .add("collation", origin.collation())
                .add("hashCheck", origin.hashCheck().toString());
    }

    private static JsonObjectBuilder table(TableState table) {
        JsonObjectBuilder json =
                JSON.createObjectBuilder().add("name", table.name()).add("unlogged", table.unlogged());
        if (table.rows() instanceof TableRows.Read read) {
            json.add("rows", read.rows()).add("digest", read.digest().toString());
            json.add("key", JSON.createArrayBuilder(read.records().keyColumns()));
            json.add("allRecorded", read.records().all());
            return json.add("records", array(read.records().records(), ManifestJson::record));
        }
        return table.rows() instanceof TableRows.Unread unread
                ? json.add("unread", unread.reason())
                : json.add("skipped", ((TableRows.Skipped) table.rows()).reason());
    }

    private static JsonObjectBuilder record(RecordDigest record) {
        return JSON.createObjectBuilder()
                .add("key", JSON.createArrayBuilder(record.key()))
                .add("digest", record.digest().toString());
    }

    private static JsonObjectBuilder sequence(SequenceState sequence) {
        return JSON.createObjectBuilder()
                .add("name", sequence.name())
                .add("lastValue", sequence.lastValue())
                .add("called", sequence.called())
                .add("increment", sequence.increment());
    }

    private static JsonObjectBuilder object(SchemaObject object) {
        return JSON.createObjectBuilder()
                .add("kind", object.kind())
                .add("name", object.name())
                .add("definition", object.definition());
    }

    private static JsonObjectBuilder unseen(Unseen unseen) {
        return JSON.createObjectBuilder().add("subject", unseen.subject()).add("reason", unseen.reason());
    }

    private static Manifest manifest(JsonObject body) {
        return new Manifest(
                origin(body.getJsonObject("origin")),
                body.getInt("recordsPerTable"),
                texts(body, "roles"),
                list(
                        body,
                        "objects",
                        it -> new SchemaObject(it.getString("kind"), it.getString("name"), it.getString("definition"))),
                list(body, "tables", ManifestJson::table),
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

package io.statehub.sidecar.drill.restore;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.function.Function;

/** A manifest as the JSON that its checksum is over. */
final class ManifestWriter {

    private ManifestWriter() {}

    static JsonObjectBuilder body(Manifest manifest) {
        return JSON.createObjectBuilder()
                .add("origin", origin(manifest.origin()))
                .add("recordsPerTable", manifest.recordsPerTable())
                .add("roles", JSON.createArrayBuilder(manifest.roles()))
                .add("tables", array(manifest.tables(), ManifestWriter::table))
                .add("sequences", array(manifest.sequences(), ManifestWriter::sequence))
                .add("objects", array(manifest.objects(), ManifestWriter::object))
                .add("unseen", array(manifest.unseen(), ManifestWriter::unseen));
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
            return json.add("records", array(read.records().records(), ManifestWriter::record));
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
}

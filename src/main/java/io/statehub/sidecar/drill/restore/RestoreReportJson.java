package io.statehub.sidecar.drill.restore;

import io.statehub.sidecar.json.IndentedJson;
import jakarta.json.stream.JsonGenerator;
import java.util.List;

/** The report for programs. */
public final class RestoreReportJson {

    private RestoreReportJson() {}

    /** The whole object, indented. */
    public static String of(RestoreReport report) {
        return IndentedJson.of(json -> {
            json.writeStartObject();
            json.write("outcome", report.outcome().name());
            json.write("asOf", report.asOf().name());
            json.write("tablesCompared", report.compared().tablesCompared());
            json.write("rowsCompared", report.compared().rowsCompared());
            json.write("recordsCompared", report.compared().recordsCompared());
            origin(json, "manifest", report.expected());
            origin(json, "restored", report.found());
            differences(json, "differences", report.compared().differences());
            differences(json, "undecided", report.compared().undecided());
            differences(json, "allowed", report.compared().allowed());
            json.writeStartArray("api");
            for (ApiAnswer answer : report.api()) {
                json.writeStartObject();
                json.write("path", answer.path());
                json.write("sound", answer.sound());
                json.write("what", answer.what());
                json.writeEnd();
            }
            json.writeEnd();
            json.writeEnd();
        });
    }

    private static void origin(JsonGenerator json, String name, Origin origin) {
        json.writeStartObject(name);
        json.write("database", origin.database());
        json.write("takenAt", origin.takenAt().toString());
        json.write("systemIdentifier", origin.systemIdentifier());
        json.write("timeline", origin.timeline());
        json.write("lsn", origin.lsn());
        json.write("serverVersion", origin.serverVersion());
        json.writeEnd();
    }

    private static void differences(JsonGenerator json, String name, List<Difference> all) {
        json.writeStartArray(name);
        for (Difference difference : all) {
            json.writeStartObject();
            json.write("subject", difference.subject());
            json.write("what", difference.what());
            json.writeStartArray("keys");
            difference.keys().forEach(json::write);
            json.writeEnd();
            json.writeEnd();
        }
        json.writeEnd();
    }
}

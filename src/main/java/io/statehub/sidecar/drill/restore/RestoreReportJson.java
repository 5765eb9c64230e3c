package io.statehub.sidecar.drill.restore;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** The report for programs. */
public final class RestoreReportJson {

    private RestoreReportJson() {}

    /** The whole object, indented. */
    public static String of(RestoreReport report) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createGenerator(out)) {
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
        }
        return out.toString().strip() + "\n";
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

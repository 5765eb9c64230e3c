package io.statehub.sidecar.report;

import io.statehub.sidecar.json.IndentedJson;
import jakarta.json.stream.JsonGenerator;
import java.util.Locale;

/** A report as JSON, for programs. */
public final class JsonReport {

    private JsonReport() {}

    /** The whole object, indented. */
    public static String of(ReadinessReport report) {
        return IndentedJson.of(json -> {
            json.writeStartObject();
            json.write("subject", report.subject());
            json.write("at", report.at().toString());
            json.write("verdict", report.verdict().name());
            report.counts()
                    .forEach((verdict, count) -> json.write(verdict.name().toLowerCase(Locale.ROOT), count));
            json.writeStartArray("sections");
            report.sections().forEach(section -> section(section, json));
            json.writeEnd();
            json.writeEnd();
        });
    }

    private static void section(ReportSection section, JsonGenerator json) {
        json.writeStartObject();
        json.write("title", section.title());
        json.writeStartArray("lines");
        for (ReportLine line : section.lines()) {
            json.writeStartObject();
            json.write("subject", line.subject());
            json.write("verdict", line.verdict().name());
            json.write("evidence", line.evidence());
            json.writeEnd();
        }
        json.writeEnd();
        json.writeEnd();
    }
}

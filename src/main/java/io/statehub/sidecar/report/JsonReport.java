package io.statehub.sidecar.report;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

/** A report as JSON, for programs. */
public final class JsonReport {

    private JsonReport() {}

    /** The whole object, indented. */
    public static String of(ReadinessReport report) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createGenerator(out)) {
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
        }
        return out.toString().strip() + "\n";
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

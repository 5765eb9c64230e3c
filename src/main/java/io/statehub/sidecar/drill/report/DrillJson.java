package io.statehub.sidecar.drill.report;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.drill.report.DrillDocument.Section;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Map;

/** A report as JSON, for programs. */
public final class DrillJson {

    private DrillJson() {}

    /**
     * The whole object, indented.
     *
     * @param figures what was measured, as numbers
     */
    public static String of(DrillDocument report, JsonObject figures) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createGenerator(out)) {
            json.writeStartObject();
            json.write("title", report.title());
            json.write("subject", report.subject());
            json.write("at", report.at().toString());
            json.write("verdict", report.verdict().label());
            json.write("headline", report.headline());
            json.write("figures", figures);
            json.writeStartObject("sections");
            for (Section section : report.sections()) {
                json.writeStartObject(section.title());
                section.rows().forEach(row -> json.write(row.key(), row.value()));
                json.writeEnd();
            }
            json.writeEnd();
            json.writeEnd();
        }
        return out.toString().strip() + "\n";
    }
}

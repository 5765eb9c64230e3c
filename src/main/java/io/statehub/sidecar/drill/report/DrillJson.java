package io.statehub.sidecar.drill.report;

import io.statehub.sidecar.drill.report.DrillDocument.Section;
import io.statehub.sidecar.json.IndentedJson;
import jakarta.json.JsonObject;

/** A report as JSON, for programs. */
public final class DrillJson {

    private DrillJson() {}

    /**
     * The whole object, indented.
     *
     * @param figures what was measured, as numbers
     */
    public static String of(DrillDocument report, JsonObject figures) {
        return IndentedJson.of(json -> {
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
        });
    }
}

package io.statehub.sidecar.access;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Map;

/** The steps as JSON, for programs. */
public final class AccessJson {

    private AccessJson() {}

    /** The whole object, indented. */
    public static String of(AccessReport report) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createGenerator(out)) {
            json.writeStartObject();
            json.write("passed", report.passed());
            json.writeStartArray("steps");
            for (AccessStep step : report.steps()) {
                json.writeStartObject();
                json.write("target", step.target());
                json.write("step", step.name());
                json.write("result", step.result().name());
                json.write("tookMs", step.took().toMillis());
                json.write("evidence", step.evidence());
                json.writeEnd();
            }
            json.writeEnd();
            json.writeEnd();
        }
        return out.toString().strip() + "\n";
    }
}

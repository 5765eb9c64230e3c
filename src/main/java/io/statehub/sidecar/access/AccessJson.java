package io.statehub.sidecar.access;

import io.statehub.sidecar.json.IndentedJson;

/** The steps as JSON, for programs. */
public final class AccessJson {

    private AccessJson() {}

    /** The whole object, indented. */
    public static String of(AccessReport report) {
        return IndentedJson.of(json -> {
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
        });
    }
}

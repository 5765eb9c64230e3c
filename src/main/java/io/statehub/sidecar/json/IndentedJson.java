package io.statehub.sidecar.json;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Consumer;

/** Documents that people read as well: a member a line. */
public final class IndentedJson {

    private static final JsonGeneratorFactory INDENTING =
            JSON.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

    private IndentedJson() {}

    /**
     * The text of a document, which ends its last line.
     *
     * @param content writes one whole value
     */
    public static String of(Consumer<JsonGenerator> content) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = INDENTING.createGenerator(out)) {
            content.accept(json);
        }
        return out.toString().strip() + "\n";
    }
}

package io.statehub.sidecar.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rules as they are written. */
final class RuleFile {

    static final Path MONITORING = Path.of("src", "main", "kubernetes", "monitoring");
    static final Path PATH = MONITORING.resolve("rules.yml");
    static final Path TESTS = Path.of("src", "test", "prometheus");

    private static final YAMLMapper YAML = new YAMLMapper();

    private RuleFile() {}

    /** One alert. */
    record Alert(String name, String expression, String severity, JsonNode annotations) {

        String annotation(String key) {
            return annotations.path(key).asText();
        }
    }

    static JsonNode read(Path path) {
        try {
            return YAML.readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Stream<JsonNode> rules() {
        return each(read(PATH).path("groups")).flatMap(group -> each(group.path("rules")));
    }

    static List<Alert> alerts() {
        return rules().filter(rule -> rule.has("alert"))
                .map(rule -> new Alert(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        rule.path("labels").path("severity").asText(),
                        rule.path("annotations")))
                .toList();
    }

    /** The names of the series that rules make. */
    static List<String> recorded() {
        return Stream.concat(
                        Stream.of("ALERTS"),
                        rules().filter(rule -> rule.has("record"))
                                .map(rule -> rule.path("record").asText()))
                .distinct()
                .toList();
    }

    /** Everything that is asked of Prometheus: by the rules, and by what their texts fill in. */
    static List<String> expressions() {
        return rules().flatMap(rule -> Stream.concat(
                        Stream.of(rule.path("expr").asText()),
                        each(rule.path("annotations")).map(JsonNode::asText)))
                .toList();
    }
}

package io.statehub.sidecar.monitoring;

import static io.statehub.sidecar.monitoring.RuleFile.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A dashboard as Grafana reads it. */
record Dashboard(String file, JsonNode json) {

    private static final Path DIRECTORY = RuleFile.MONITORING.resolve("dashboards");

    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted()
                    // JSON is YAML.
                    .map(file -> new Dashboard(file.getFileName().toString(), RuleFile.read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it shows, without the headings between; also what stands under one that is folded. */
    List<JsonNode> panels() {
        return each(json.path("panels"))
                .flatMap(panel -> Stream.concat(Stream.of(panel), each(panel.path("panels"))))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    /** What a panel asks. */
    static List<String> expressions(JsonNode panel) {
        return each(panel.path("targets"))
                .map(target -> target.path("expr").asText())
                .toList();
    }

    /** What marks the failovers. */
    List<String> annotations() {
        return each(json.path("annotations").path("list"))
                .map(annotation -> annotation.path("expr").asText())
                .toList();
    }

    @Override
    public String toString() {
        return file;
    }
}

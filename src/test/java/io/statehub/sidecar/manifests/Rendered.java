package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A directory of the manifests as {@code kubectl kustomize} renders it. */
final class Rendered {

    static final List<String> ALL = List.of("base", "overlays/staging", "overlays/production");

    /** What is applied once for all of them. */
    static final String MONITORING = "monitoring";

    private static final Path MANIFESTS = Path.of("src", "main", "kubernetes");
    private static final ObjectMapper YAML = new YAMLMapper();

    /** As text, so that no test sees what another did to its objects. */
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Rendered() {}

    /** Its objects; needs kubectl. */
    static List<Map<String, Object>> of(String directory) {
        Program.require("kubectl");
        try {
            return objects(TEXTS.computeIfAbsent(directory, Rendered::text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String directory) {
        Program.Ended ended = Program.run(
                List.of("kubectl", "kustomize", MANIFESTS.resolve(directory).toString()));
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    static List<Map<String, Object>> objects(String yaml) throws IOException {
        try (MappingIterator<Map<String, Object>> documents =
                YAML.readerFor(new TypeReference<Map<String, Object>>() {}).readValues(yaml)) {
            return documents.readAll();
        }
    }

    /** An object as the model of its kind. */
    static <T> T as(Class<T> type, Map<String, Object> object) {
        return new ObjectMapper().convertValue(object, type);
    }
}

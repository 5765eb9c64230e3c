package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

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
            return objects(TEXTS.computeIfAbsent(directory, name -> text(MANIFESTS.resolve(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The production overlay with components that it doesn't have by itself, named by their directories. */
    static List<Map<String, Object>> productionWith(String... components) {
        Program.require("kubectl");
        try {
            return objects(TEXTS.computeIfAbsent(String.join(",", components), Rendered::textOfProductionWith));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String textOfProductionWith(String components) {
        try {
            Path copy = Files.createTempDirectory("manifests");
            try (Stream<Path> files = Files.walk(MANIFESTS)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(
                            file,
                            copy.resolve(MANIFESTS.relativize(file).toString()),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                Path overlay = copy.resolve("overlays/production");
                Path kustomization = overlay.resolve("kustomization.yaml");
                StringBuilder more = new StringBuilder("components/release\n");
                for (String component : components.split(",", -1)) {
                    more.append("  - ../../components/").append(component).append('\n');
                }
                Files.writeString(
                        kustomization,
                        Files.readString(kustomization).replace("components/release\n", more.toString()));
                return text(overlay);
            } finally {
                delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String text(Path directory) {
        Program.Ended ended = Program.run(List.of("kubectl", "kustomize", directory.toString()));
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

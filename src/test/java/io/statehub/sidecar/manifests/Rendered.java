package io.statehub.sidecar.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A directory of the manifests as {@code kubectl kustomize} renders it. */
final class Rendered {

    static final List<String> ALL = List.of("base", "overlays/staging", "overlays/production");

    private static final Path MANIFESTS = Path.of("src", "main", "kubernetes");
    private static final ObjectMapper YAML = new YAMLMapper();

    private Rendered() {}

    /** Its objects; skips the test where there is no kubectl. */
    static List<Map<String, Object>> of(String directory) {
        assumeTrue(onPath("kubectl"), "kubectl is not on the PATH: the manifests were not rendered");
        try {
            Path output = Files.createTempFile("rendered", ".yaml");
            Process kustomize = new ProcessBuilder(
                            "kubectl", "kustomize", MANIFESTS.resolve(directory).toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(kustomize.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String text = Files.readString(output, UTF_8);
            Files.delete(output);
            assertThat(kustomize.exitValue()).as(text).isZero();
            return objects(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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

    private static boolean onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}

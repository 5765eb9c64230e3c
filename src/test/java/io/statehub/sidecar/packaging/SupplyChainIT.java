package io.statehub.sidecar.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of what the sidecar is made of, as it was packaged (docs/supply-chain.md). */
class SupplyChainIT {

    private static final Path SBOM = Path.of("target/sbom.json");

    /**
     * Licences by which a library may be shipped inside an Apache-2.0 program, unchanged. Of a library with several,
     * one of these is enough. Names are those of SPDX.
     */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-2.0",
            "GPL-2.0-with-classpath-exception");

    @Test
    void everyLibraryHasALicenceThatIsAllowed() throws IOException {
        assertThat(components())
                .isNotEmpty()
                .allSatisfy(library -> assertThat(licences(library))
                        .as(library.getString("purl"))
                        .containsAnyElementsOf(ALLOWED));
    }

    @Test
    void everyLibraryHasAHashByWhichItCanBeChecked() throws IOException {
        assertThat(components())
                .isNotEmpty()
                .allSatisfy(library -> assertThat(hashes(library))
                        .as(library.getString("purl"))
                        .contains("SHA-256"));
    }

    /** What is packaged and not on the list would be checked for faults by nobody. */
    @Test
    void everyPackagedJarIsOnTheList() throws IOException {
        Set<String> listed = components().stream()
                .map(library -> library.getString("name") + "-" + library.getString("version"))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("native.sources"), "lib"))) {
            List<String> jars = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();

            assertThat(jars)
                    .isNotEmpty()
                    .allSatisfy(jar ->
                            assertThat(listed).as(jar).anyMatch(library -> jar.endsWith("." + library + ".jar")));
        }
    }

    private static List<JsonObject> components() throws IOException {
        try (JsonReader reader = Json.createReader(Files.newInputStream(SBOM))) {
            return reader.readObject().getJsonArray("components").getValuesAs(JsonObject.class);
        }
    }

    private static List<String> licences(JsonObject library) {
        JsonArray licences = library.getJsonArray("licenses");
        return licences == null
                ? List.of()
                : licences.getValuesAs(JsonObject.class).stream()
                        .map(choice -> choice.containsKey("license") ? choice.getJsonObject("license") : choice)
                        .map(licence -> licence.getString("id", licence.getString("expression", "")))
                        .toList();
    }

    private static List<String> hashes(JsonObject library) {
        JsonArray hashes = library.getJsonArray("hashes");
        return hashes == null
                ? List.of()
                : hashes.getValuesAs(JsonObject.class).stream()
                        .map(hash -> hash.getString("alg"))
                        .toList();
    }
}

package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the alerts lead is set in one place. */
class AlertAddressesTest {

    private static final Path MANIFESTS = Path.of("src", "main", "kubernetes");

    @BeforeEach
    void kubectl() {
        Program.require("kubectl");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void everyAlertTakesBothAddressesFromOneFile(@TempDir Path directory) throws IOException {
        Path copied = directory.resolve("kubernetes");
        copy(MANIFESTS, copied);
        Path addresses = copied.resolve("monitoring").resolve("addresses.yaml");
        Files.writeString(
                addresses,
                Files.readString(addresses)
                        .replaceAll("(grafana: ).*", "$1https://grafana.corp")
                        .replaceAll("(documents: ).*", "$1https://wiki.corp/hub"));

        Program.Ended rendered = Program.run(
                List.of("kubectl", "kustomize", copied.resolve("monitoring").toString()));

        assertThat(rendered.code()).as(rendered.output()).isZero();
        assertThat(rendered.output().lines().filter(line -> line.contains("dashboard_url:")))
                .isNotEmpty()
                .allMatch(line -> line.contains("https://grafana.corp/d/statehub-"));
        assertThat(rendered.output().lines().filter(line -> line.contains("runbook_url:")))
                .isNotEmpty()
                .allMatch(line -> line.contains("https://wiki.corp/hub/docs/runbooks/StateHub"));
        assertThat(rendered.output()).doesNotContain("name: state-hub-addresses");
    }
}

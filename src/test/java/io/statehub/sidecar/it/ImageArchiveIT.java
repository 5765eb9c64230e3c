package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Machine;
import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.ImageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the image for the JVM does while it is built, done here. */
@Timeout(300)
class ImageArchiveIT {

    @Test
    void theArchiveOfClassesIsMadeAndUsed(@TempDir Path directory) throws IOException {
        Path packaged = Path.of(System.getProperty("sidecar.executable"));
        Machine.require(packaged.toString().endsWith(".jar"), "no jar: an executable has no classes to load");
        Path archive = directory.resolve("sidecar.jsa");
        String making = ImageOptions.archiving()
                .replace("/app/sidecar.jsa", archive.toString())
                .replace("/app/quarkus-run.jar", packaged.toString());

        Program.Ended made = Program.run(
                List.of("bash", "-c", "export QUARKUS_HTTP_PORT=%d; %s".formatted(FreePorts.next(), making)));

        assertThat(made.code()).as(made.output()).isZero();
        Path loaded = directory.resolve("loaded.txt");
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(ImageOptions.ofTheSidecar());
        command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load:file=" + loaded));
        command.addAll(List.of("-jar", packaged.toString(), "--version"));
        assertThat(Program.run(command).code()).isZero();
        assertThat(Files.readAllLines(loaded))
                .as("from the archive on top of the JVM's own")
                .anyMatch(line -> line.contains("io.statehub.sidecar.Main source: shared objects file (top)"));
    }
}

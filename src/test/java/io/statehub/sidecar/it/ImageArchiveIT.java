package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Machine;
import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the image for the JVM does while it is built, done here. */
@Tag("thorough")
@Timeout(300)
class ImageArchiveIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** Classes that the JVM makes itself while it runs, such as those of lambdas, are from nowhere. */
    private static final String FROM_A_JAR = "source: file:";

    @Test
    void theArchiveOfClassesHoldsNearlyAllThatAStartLoadsFromJars(@TempDir Path directory) throws IOException {
        Path packaged = Path.of(System.getProperty("sidecar.executable"));
        Machine.require(packaged.toString().endsWith(".jar"), "no jar: an executable has no classes to load");
        Path archive = directory.resolve("sidecar.jsa");

        Program.Ended made = Program.run(List.of(
                "env",
                "PATH=%s/bin:%s".formatted(System.getProperty("java.home"), System.getenv("PATH")),
                "QUARKUS_HTTP_PORT=" + FreePorts.next(),
                "src/main/docker/archive-classes",
                packaged.toString(),
                archive.toString()));

        assertThat(made.code()).as(made.output()).isZero();
        List<String> loaded = loadedByAStart(archive, directory.resolve("loaded.txt"));
        long fromTheArchive = count(loaded, "source: shared objects file");
        long fromJars = count(loaded, FROM_A_JAR);
        assertThat(loaded).anyMatch(line -> line.contains("io.statehub.sidecar.Main source: shared objects file"));
        assertThat(fromJars).as("of %d classes", loaded.size()).isLessThan(fromTheArchive / 20);
    }

    private static List<String> loadedByAStart(Path archive, Path log) throws IOException {
        Map<String, String> nobodyThere = Map.of(
                "STATEHUB_API_URL", "http://127.0.0.1:1",
                "STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/statehub",
                "STATEHUB_POSTGRES_MEMBERS", "pg-1=127.0.0.1:1");
        List<String> options = List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load:file=" + log);
        try (SidecarProcess sidecar = SidecarProcess.start(nobodyThere, FreePorts.next(), options)) {
            sidecar.awaitLive(DEADLINE);
        }
        return Files.readAllLines(log);
    }

    private static long count(List<String> loaded, String source) {
        return loaded.stream().filter(line -> line.contains(source)).count();
    }
}

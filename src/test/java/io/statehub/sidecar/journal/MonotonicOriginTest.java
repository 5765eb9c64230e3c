package io.statehub.sidecar.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonotonicOriginTest {

    private static final String BOOT = "15af0279-9145-44f8-a0ea-b384f4d09019";

    @TempDir
    Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("boot_id"), text);
    }

    @Test
    void anotherProcessOfThisBootHasTheSameOriginAndTheSameReading() throws IOException, InterruptedException {
        Optional<MonotonicOrigin> here = MonotonicOrigin.current();
        Machine.require(here.isPresent(), "no boot_id here");
        long before = System.nanoTime();
        Process other = ForkedJvm.start(ClockMain.class);
        try (var lines = other.inputReader()) {
            String origin = lines.readLine();
            long there = Long.parseLong(lines.readLine());
            long after = System.nanoTime();
            assertThat(origin).isEqualTo(here.get().id());
            assertThat(there - before).as("since before it started").isPositive();
            assertThat(after - there).as("until after it was heard").isPositive();
            assertThat(other.waitFor()).isZero();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void theOriginIsTheBootAndTheTimeNamespace() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("time"), Path.of("time:[4026531834]"));

        assertThat(MonotonicOrigin.read(file(BOOT + "\n"), link))
                .contains(new MonotonicOrigin(BOOT + "/time:[4026531834]"));
    }

    @Test
    void withoutTimeNamespacesTheBootIsEnough() throws IOException {
        assertThat(MonotonicOrigin.read(file(BOOT + "\n"), directory.resolve("none")))
                .contains(new MonotonicOrigin(BOOT));
    }

    @Test
    void withoutABootThatCanBeToldTheOriginIsNotKnown() throws IOException {
        assertThat(MonotonicOrigin.read(directory.resolve("none"), directory.resolve("none")))
                .isEmpty();
        assertThat(MonotonicOrigin.read(file("not a boot\n"), directory.resolve("none")))
                .isEmpty();
        assertThat(MonotonicOrigin.read(file(""), directory.resolve("none"))).isEmpty();
    }
}

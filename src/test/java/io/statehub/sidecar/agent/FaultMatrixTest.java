package io.statehub.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.journal.ForkedJvm;
import io.statehub.sidecar.testing.faults.HostsFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of every target, alone and with every other one: found for what it is, in its time, nothing else found,
 * and all well again soon after. A few cases of all that there are; docs/reliability.md has how to try thousands, or
 * one.
 */
class FaultMatrixTest {

    private static final String SAMPLE = "16";
    private static final String SEED = "1";
    private static final List<String> SETTINGS = List.of("cases", "seed", "sidecars", "target", "case");

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 8, unit = TimeUnit.HOURS)
    void everyFaultIsFoundForWhatItIsAndLeavesNothingBehind() throws IOException, InterruptedException {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
        List<String> options = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-D" + HostsFile.PROPERTY + "=" + hosts,
                "-Dmatrix.cases=" + SAMPLE,
                "-Dmatrix.sidecars=8"));
        options.add("-Dmatrix.seed=" + SEED);
        for (String setting : SETTINGS) {
            String value = System.getProperty("matrix." + setting);
            if (value != null) {
                options.add("-Dmatrix." + setting + "=" + value);
            }
        }
        Process matrix = ForkedJvm.start(FaultMatrixMain.class, options);
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = matrix.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.out.println(line);
                lines.add(line);
            }
        } finally {
            matrix.destroyForcibly();
        }
        assertThat(matrix.waitFor()).as("%s", lines).isZero();
    }
}

package io.statehub.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No name server answers, and nobody told the sidecar the name of its machine. */
class HangingResolverIT {

    @TempDir
    Path folder;

    @Test
    void startsAndAnswersWhereEveryLookupOfANameHangs() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "STATEHUB_API_URL", "http://127.0.0.1:1",
                "STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/statehub",
                "STATEHUB_POSTGRES_MEMBERS", "pg-1=127.0.0.1:1");
        // Java reads it instead of asking a resolver; nobody ever writes to it, so that whoever reads it waits.
        List<String> options = List.of("-Djdk.net.hosts.file=" + pipe());
        try (SidecarProcess sidecar = SidecarProcess.start(environment, FreePorts.next(), options)) {
            sidecar.awaitLive(Duration.ofMinutes(1));
            assertThat(sidecar.get("/status").status()).isEqualTo(200);
            assertThat(sidecar.get("/").status()).isEqualTo(200);
        }
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("hosts");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }
}

package io.statehub.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The images are run with a read-only root file system, and without a volume for temporary files. */
class ReadOnlyFileSystemIT {

    /** Not even root can make a file there. */
    private static final String UNWRITABLE = "/proc";

    @Test
    void startsAndAnswersWithNoPlaceForTemporaryFiles() throws IOException {
        Map<String, String> environment = Map.of(
                "STATEHUB_API_URL", "http://127.0.0.1:1",
                "STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/statehub",
                "STATEHUB_POSTGRES_MEMBERS", "pg-1=127.0.0.1:1");
        List<String> options = List.of("-Djava.io.tmpdir=" + UNWRITABLE);
        try (SidecarProcess sidecar = SidecarProcess.start(environment, FreePorts.next(), options)) {
            sidecar.awaitLive(Duration.ofSeconds(30));
            assertThat(sidecar.get("/metrics").status()).isEqualTo(200);
            assertThat(sidecar.get("/status").status()).isEqualTo(200);
        }
    }
}

package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.ProcessUsage;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Failovers, kills, freezes and resets at random, hour after hour if you like (docs/reliability.md has the command and
 * the figures of the last long run): what two sidecars recorded is what happened, nothing more and nothing less, and
 * they take no more of the machine.
 */
@Tag("tooling")
class SoakIT {

    private static final Logger LOG = Logger.getLogger(SoakIT.class);

    private static final int FAILOVERS = Integer.getInteger("soak.failovers", 5);
    private static final long SEED =
            Long.getLong("soak.seed", RandomGenerator.getDefault().nextLong());

    /** From here on a trend can be told from noise. */
    private static final int LONG_RUN = 100;

    private static final long MOST_RESIDENT_KIB = 256 << 10;
    private static final double MOST_KIB_PER_HOUR = 16 << 10;
    private static final int NOISE = 4;

    @TempDir
    private Path directory;

    @Test
    void whatWasRecordedIsWhatHappenedAndNothingGrows() {
        LOG.infof("-Dsoak.failovers=%d -Dsoak.seed=%d", FAILOVERS, SEED);
        long begin = System.nanoTime();
        PostgresLab lab = SharedLab.asNew();
        try (StandInApi api = StandInApi.start(lab.writeUrl());
                SoakedSidecar undisturbed = new SoakedSidecar(lab, api, "undisturbed", directory);
                SoakedSidecar disturbed = new SoakedSidecar(lab, api, "disturbed", directory)) {
            undisturbed.awaitSteady();
            disturbed.awaitSteady();
            SoakRun run = new SoakRun(lab, undisturbed, disturbed, SEED);
            try {
                run.until(FAILOVERS);
            } finally {
                LOG.infof(
                        "-Dsoak.seed=%d, %d minutes: %s",
                        SEED, Duration.ofNanos(System.nanoTime() - begin).toMinutes(), run.summary());
            }
            assertThat(run.violations()).isEmpty();
            assertThat(run.usage().mostResidentKib()).isLessThan(MOST_RESIDENT_KIB);
            if (FAILOVERS >= LONG_RUN) {
                assertThat(run.usage().slopeKibPerHour()).isLessThan(MOST_KIB_PER_HOUR);
                assertThat(run.usage().growth(ProcessUsage::threads)).isLessThanOrEqualTo(NOISE);
                assertThat(run.usage().growth(ProcessUsage::descriptors)).isLessThanOrEqualTo(NOISE);
            }
        }
    }
}

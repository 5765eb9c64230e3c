package io.statehub.sidecar.agent;

import static io.restassured.RestAssured.get;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.journal.Incidents;
import io.statehub.sidecar.journal.Journal;
import io.statehub.sidecar.journal.file.BreakableDisk;
import io.statehub.sidecar.time.TimeSource;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is answered, and when, by a sidecar whose journal's disk hangs as it starts. */
@QuarkusTest
@TestProfile(StartOrderQuarkusTest.HangingDisk.class)
@Timeout(value = 5, unit = MINUTES)
class StartOrderQuarkusTest {

    /** More than wait (StartGate.MOST_WAITING) is refused. */
    private static final int MOST_WAITING = 64;

    @Inject
    HangingJournal journal;

    /** The whole process, with the journal's disk alone a test's. */
    public static final class HangingDisk implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types", "io.statehub.sidecar.agent.FailoverJournal",
                    "statehub.kubernetes.enabled", "false",
                    "statehub.postgres.url", "jdbc:postgresql://127.0.0.1:1/state",
                    "statehub.postgres.members", "pg-1=127.0.0.1:1");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(HangingJournal.class);
        }
    }

    /** In it is an incident that a predecessor left; its disk answers when it is let go. */
    @Alternative
    @Singleton
    public static class HangingJournal extends FailoverJournal {

        private final CountDownLatch hangs;
        private final CountDownLatch letGo;

        @Inject
        HangingJournal(TimeSource time) throws IOException {
            this(
                    Files.createTempDirectory(Path.of("target"), "hanging-journal-"),
                    time,
                    new CountDownLatch(1),
                    new CountDownLatch(1));
        }

        private HangingJournal(Path directory, TimeSource time, CountDownLatch hangs, CountDownLatch letGo) {
            super(
                    Optional.of(new Journal(
                            directory, 1 << 20, time, disk(directory, time, hangs, letGo), Optional.of("one"))),
                    Duration.ofMinutes(4));
            this.hangs = hangs;
            this.letGo = letGo;
        }

        private static BreakableDisk disk(Path directory, TimeSource time, CountDownLatch hangs, CountDownLatch letGo) {
            BreakableDisk disk = new BreakableDisk();
            try (Journal predecessor = new Journal(directory, 1 << 20, time, disk, Optional.of("another"))) {
                predecessor.resume(Tracking.begin(time.now(), WriteLedger.empty(10)));
                predecessor.note(
                        FailoverTracker.Step.first(Incidents.inTrouble().tracking()), time.now());
            }
            disk.beforeRead(() -> {
                hangs.countDown();
                await(letGo);
            });
            return disk;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(4, MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void liveIsAnsweredWhileTheDiskHangsAndWhatTheJournalKnowsOnceItDoesNot() {
        await(journal.hangs);

        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/q/health/started").statusCode()).isEqualTo(503);
        Response ready = get("/q/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);

        List<CompletableFuture<Response>> asked = new ArrayList<>();
        for (int i = 0; i <= MOST_WAITING; i++) {
            asked.add(CompletableFuture.supplyAsync(() -> get("/status"), task -> new Thread(task, "asks").start()));
        }
        Response refused = (Response)
                CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new)).join();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(asked.stream().filter(CompletableFuture::isDone)).hasSize(1);
        assertThat(get("/q/health/live").statusCode()).as("with many who wait").isEqualTo(200);

        journal.letGo.countDown();

        for (CompletableFuture<Response> each : asked) {
            Response answer = each.join();
            if (answer.statusCode() == 200) {
                assertThat(answer.jsonPath().getString("failover.incident"))
                        .as("the predecessor's")
                        .isNotNull();
            }
        }
        assertThat(asked.stream().filter(answer -> answer.join().statusCode() == 200))
                .hasSize(MOST_WAITING);
    }
}

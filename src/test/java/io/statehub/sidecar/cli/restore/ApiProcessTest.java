package io.statehub.sidecar.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.statehub.sidecar.drill.restore.ApiAnswer;
import io.statehub.sidecar.drill.restore.run.RestoredDatabase;
import io.statehub.sidecar.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** An API that is started for a drill: what it is told, how long it is waited for, and that nothing of it stays. */
@Timeout(60)
@Execution(CONCURRENT)
class ApiProcessTest {

    private static final Duration LONG = Duration.ofSeconds(50);
    private static final List<ApiAnswer> SOUND = List.of(new ApiAnswer("/state/health", true, "HTTP 200"));
    private static final List<ApiAnswer> REFUSED = List.of(new ApiAnswer("/state/health", false, "refused"));
    private static final RestoredDatabase DATABASE = new RestoredDatabase(
            "db.local", 5433, "own er", Optional.of("p@ss:word"), "state", Map.of("PGSSLMODE", "require"));

    @TempDir
    private Path folder;

    @Test
    void itIsToldWhereTheDatabaseIs() throws Exception {
        Path seen = folder.resolve("seen");
        String command = "echo $PGHOST $PGPORT $PGUSER $PGPASSWORD $PGDATABASE $PGSSLMODE $DATABASE_URL > " + seen
                + ".new; mv " + seen + ".new " + seen;

        try (ApiProcess process = ApiProcess.start(command, DATABASE)) {
            assertThat(process.answers(() -> Files.exists(seen) ? SOUND : REFUSED, LONG, TimeSource.system()))
                    .isEqualTo(SOUND);
        }

        assertThat(seen)
                .hasContent("db.local 5433 own er p@ss:word state require"
                        + " postgresql://own%20er:p%40ss%3Aword@db.local:5433/state");
        assertThat(DATABASE.toString()).doesNotContain("p@ss");
    }

    @Test
    void itIsAskedAgainUntilItAnswers() {
        AtomicInteger asked = new AtomicInteger();

        try (ApiProcess process = ApiProcess.start("exec sleep 600", DATABASE)) {
            assertThat(process.answers(() -> asked.incrementAndGet() < 3 ? REFUSED : SOUND, LONG, TimeSource.system()))
                    .isEqualTo(SOUND);
        }

        assertThat(asked).hasValue(3);
    }

    @Test
    void oneThatEndsOrIsTooLateIsNotWaitedFor() {
        try (ApiProcess ended = ApiProcess.start("exit 1", DATABASE)) {
            assertThat(ended.answers(() -> REFUSED, LONG, TimeSource.system())).isEqualTo(REFUSED);
        }
        try (ApiProcess late = ApiProcess.start("exec sleep 600", DATABASE)) {
            assertThat(late.answers(() -> REFUSED, Duration.ofMillis(1), TimeSource.system()))
                    .isEqualTo(REFUSED);
        }
    }

    @Test
    void whatTheApiStartedEndsWithIt() throws Exception {
        Path pids = folder.resolve("pids");
        long child;
        try (ApiProcess process = ApiProcess.start(
                "sleep 600 & echo $! > " + pids + ".new; mv " + pids + ".new " + pids + "; wait", DATABASE)) {
            process.answers(() -> Files.exists(pids) ? SOUND : REFUSED, LONG, TimeSource.system());
            child = Long.parseLong(Files.readString(pids).strip());
            assertThat(ProcessHandle.of(child)).isPresent();
        }

        ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }
}

package io.statehub.sidecar.cli.restore;

import io.statehub.sidecar.drill.ProcessTree;
import io.statehub.sidecar.drill.restore.ApiAnswer;
import io.statehub.sidecar.drill.restore.run.RestoredDatabase;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** An API that is started on the restored database, and ended with all that it started. */
final class ApiProcess implements AutoCloseable {

    private static final long POLL_MS = 500;

    private final Process process;

    private ApiProcess(Process process) {
        this.process = process;
    }

    static ApiProcess start(String command, RestoredDatabase database) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(database.environment());
        builder.environment().put("DATABASE_URL", database.url());
        try {
            return new ApiProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("--api-command can't be run", e);
        }
    }

    /** Asks until all answers are sound, the process has ended or its time is over; the last answers. */
    List<ApiAnswer> answers(Supplier<List<ApiAnswer>> ask, Duration deadline, TimeSource time) {
        long begun = time.now().nanos();
        while (true) {
            List<ApiAnswer> answers = ask.get();
            boolean late = time.now().nanos() - begun > deadline.toNanos();
            if (late || !process.isAlive() || answers.stream().allMatch(ApiAnswer::sound)) {
                return answers;
            }
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answers;
            }
        }
    }

    @Override
    public void close() {
        ProcessTree.end(process, Duration.ZERO);
    }
}

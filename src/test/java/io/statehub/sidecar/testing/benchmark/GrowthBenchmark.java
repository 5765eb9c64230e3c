package io.statehub.sidecar.testing.benchmark;

import static io.statehub.sidecar.testing.benchmark.FiguresTable.decimals;

import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.postgres.HeartbeatWriter;
import io.statehub.sidecar.probe.postgres.LabPostgresSettings;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabOptions;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What one server is asked, and what that costs it, by how many sidecars ask: each has a probe and a session of its own
 * on the primary, and looks once a second. Prints one Markdown table.
 */
public final class GrowthBenchmark {

    private static final String SIDECARS = "1,3,10,100";
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** As many as a machine of two cores keeps up with; a look mostly waits for the server. */
    private static final int THREADS = 64;
    /** Beside those of the sidecars, for replication and for this. */
    private static final int OTHER_SESSIONS = 50;

    private static final double NANOS = 1e9;

    private static final TimeSource TIME = TimeSource.system();
    private static final HeartbeatWriter WRITER =
            new HeartbeatWriter(LabRoles.HEARTBEAT_SCHEMA, "growth", "run-1", 5, Duration.ofSeconds(10));

    private final List<Integer> sidecars = Stream.of(
                    System.getProperty("growth.sidecars", SIDECARS).split(",", -1))
            .map(Integer::valueOf)
            .toList();
    private final Duration measured = Duration.ofSeconds(Integer.getInteger("growth.seconds", 20));
    private final PrintStream out;

    private GrowthBenchmark(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        new GrowthBenchmark(System.out).run();
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        ServerWork.useServersThatCount();
        try (PostgresLab lab = PostgresLab.start(LabOptions.defaults())) {
            int most = sidecars.stream().mapToInt(Integer::intValue).max().orElseThrow();
            for (LabMember member : lab.members()) {
                member.server().execute("ALTER SYSTEM SET max_connections = " + (most + OTHER_SESSIONS));
            }
            ServerWork.startCounting(lab);
            StringBuilder table = new StringBuilder("| sidecars | looks a second | statements a second |"
                    + " planning and execution, ms a second | a look, ms |\n|---:|---:|---:|---:|---:|\n");
            for (int count : sidecars) {
                out.printf("%d sidecars, %d s%n", count, measured.toSeconds());
                table.append(row(count, lab)).append('\n');
            }
            out.printf(
                    "%n%s; a primary with two standbys, %d s each%n%n%s%n",
                    new MeasuredMachine().describe(lab), measured.toSeconds(), table);
        }
    }

    private String row(int count, PostgresLab lab) throws InterruptedException, ExecutionException {
        List<Probe> probes = new ArrayList<>();
        ScheduledExecutorService looks = Executors.newScheduledThreadPool(Math.min(count, THREADS));
        try {
            for (int sidecar = 0; sidecar < count; sidecar++) {
                probes.add(LabPostgresSettings.of(lab).probeOf(lab.primary().name(), DEADLINE, WRITER));
            }
            // Logged in and prepared, which each does once.
            for (int round = 0; round < 3; round++) {
                probes.forEach(GrowthBenchmark::look);
            }
            AtomicLong answered = new AtomicLong();
            long apart = INTERVAL.toNanos() / count;
            List<Future<?>> loops = new ArrayList<>();
            for (Probe probe : probes) {
                Runnable one = () -> {
                    look(probe);
                    answered.incrementAndGet();
                };
                loops.add(
                        looks.scheduleAtFixedRate(one, loops.size() * apart, INTERVAL.toNanos(), TimeUnit.NANOSECONDS));
            }
            ServerWork before = ServerWork.soFar(lab);
            long answeredBefore = answered.get();
            long from = System.nanoTime();
            Thread.sleep(measured.toMillis());
            ServerWork work = ServerWork.soFar(lab).minus(before);
            double looked = answered.get() - answeredBefore;
            double seconds = (System.nanoTime() - from) / NANOS;
            for (Future<?> loop : loops) {
                if (loop.isDone()) {
                    loop.get(); // which says why it ended
                }
            }
            return "| %d | %s | %s | %s | %s |"
                    .formatted(
                            count,
                            decimals(1, looked / seconds),
                            decimals(1, work.statements() / seconds),
                            decimals(2, work.millis() / seconds),
                            decimals(3, work.millis() / looked));
        } finally {
            looks.shutdownNow();
            looks.awaitTermination(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            probes.forEach(Probe::close);
        }
    }

    private static void look(Probe probe) {
        Observation observed = probe.observe(Deadline.in(DEADLINE, TIME));
        if (!(observed instanceof MemberObservation.Answered)) {
            throw new IllegalStateException("a member that should answer did not: " + observed);
        }
    }
}

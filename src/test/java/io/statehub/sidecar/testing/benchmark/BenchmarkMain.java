package io.statehub.sidecar.testing.benchmark;

import static io.statehub.sidecar.testing.benchmark.FiguresTable.decimals;

import io.statehub.sidecar.testing.lab.LabMain;
import io.statehub.sidecar.testing.lab.LabOptions;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/** Measures, and prints one Markdown table. */
public final class BenchmarkMain {

    private static final Duration LIVE = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int PACED_REQUESTS = 500;
    private static final int WARM_UP_REQUESTS = 2_000;
    private static final String[] PATHS = {"/q/health/live", "/q/health/ready", "/metrics"};
    private static final double KIB_PER_MIB = 1024;
    private static final double MINUTE_NANOS = 60e9;

    private final BenchmarkOptions options;
    private final PrintStream out;
    private final FiguresTable table = new FiguresTable();
    private final MeasuredMachine machine = new MeasuredMachine();
    private final long begin = System.nanoTime();

    BenchmarkMain(BenchmarkOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new BenchmarkMain(BenchmarkOptions.fromSystemProperties(), System.out).run();
    }

    void run() throws IOException, InterruptedException {
        progress("starting a primary, two standbys and the stand-in API");
        try (PostgresLab lab = PostgresLab.start(LabOptions.defaults());
                // Not through the write endpoint's proxy, whose bytes are counted: they shall be the sidecar's alone.
                StandInApi api = StandInApi.start(lab.primary().server().jdbcUrl(LabRoles.DATABASE))) {
            DatabaseWork.startCounting(lab);
            table.add("size on disk", "MiB", decimals(1, machine.sizeOnDisk() / KIB_PER_MIB / KIB_PER_MIB));
            progress("starting the sidecar %d times".formatted(options.starts()));
            Latencies starts = StartTimes.measure(LabMain.environment(lab, api), options.starts());
            table.add(
                    "start to first 200 of /q/health/live, median / min / max",
                    "ms",
                    decimals(0, starts.percentileMillis(50), starts.minMillis(), starts.maxMillis()));
            Latencies versions = StartTimes.ofVersion(options.starts());
            table.add(
                    "the command --version, start to end, median / min / max",
                    "ms",
                    decimals(0, versions.percentileMillis(50), versions.minMillis(), versions.maxMillis()));
            try (SidecarProcess sidecar = SidecarProcess.start(LabMain.environment(lab, api))) {
                sidecar.awaitLive(LIVE);
                Thread.sleep(SETTLING.toMillis());
                steady(lab, sidecar);
                load(sidecar);
                eachPath(sidecar, "");
                everythingHangs(lab, api, sidecar);
            } finally {
                api.become(StandInApi.Mode.OK);
            }
            out.printf(
                    "%n%s; starts=%d steady=%ds requests=%d; %s%n%n%s%n",
                    machine.describe(lab),
                    options.starts(),
                    options.steady().toSeconds(),
                    options.requests(),
                    "`./mvnw -Pbenchmark`",
                    table.markdown());
        }
        progress("everything is stopped and deleted");
    }

    private void steady(PostgresLab lab, SidecarProcess sidecar) throws IOException, InterruptedException {
        progress("steady for %d s".formatted(options.steady().toSeconds()));
        long from = System.nanoTime();
        DatabaseWork before = DatabaseWork.soFar(lab);
        Thread.sleep(options.steady().toMillis());
        DatabaseWork work = DatabaseWork.soFar(lab).minus(before);
        double minutes = (System.nanoTime() - from) / MINUTE_NANOS;
        addMemory("after %d s steady".formatted(options.steady().toSeconds()), sidecar);
        table.add("statements on all 3 servers", "1/min", decimals(0, work.statements() / minutes));
        table.add(
                "bytes to / from all 3 servers",
                "KiB/min",
                decimals(
                        0,
                        work.traffic().requests() / minutes / 1024,
                        work.traffic().answers() / minutes / 1024));
    }

    private void load(SidecarProcess sidecar) throws IOException, InterruptedException {
        progress("asking for /metrics as fast as it answers");
        Requests metrics = new Requests(sidecar.port(), "/metrics");
        metrics.flatOut(1, WARM_UP_REQUESTS);
        for (int connections : new int[] {1, 4}) {
            Requests.Outcome outcome = metrics.flatOut(connections, options.requests());
            table.addLatencies("/metrics flat out, %d connection(s)".formatted(connections), outcome);
            table.add(
                    "/metrics flat out, %d connection(s)".formatted(connections),
                    "requests/s",
                    decimals(0, outcome.latencies().perSecond(outcome.took())));
        }
        addMemory("after that load", sidecar);
    }

    private void eachPath(SidecarProcess sidecar, String suffix) throws IOException, InterruptedException {
        progress("asking every %d ms%s".formatted(PAUSE.toMillis(), suffix));
        for (String path : PATHS) {
            table.addLatencies(path + suffix, new Requests(sidecar.port(), path).paced(PACED_REQUESTS, PAUSE));
        }
    }

    private void everythingHangs(PostgresLab lab, StandInApi api, SidecarProcess sidecar)
            throws IOException, InterruptedException {
        api.become(StandInApi.Mode.HANG);
        lab.writeEndpoint().drop();
        lab.members().forEach(member -> member.proxy().drop());
        Thread.sleep(SETTLING.toMillis());
        eachPath(sidecar, ", every target hanging");
        addMemory("every target hanging", sidecar);
    }

    private void addMemory(String when, SidecarProcess sidecar) throws IOException {
        ProcessMemory memory = ProcessMemory.of(sidecar.pid());
        table.add(
                "memory %s, resident / private".formatted(when),
                "MiB",
                decimals(1, memory.resident() / KIB_PER_MIB, memory.anonymous() / KIB_PER_MIB));
        table.add("threads %s".formatted(when), "1", Long.toString(memory.threads()));
    }

    private void progress(String what) {
        out.printf("[%5.1f s] %s%n", (System.nanoTime() - begin) / 1e9, what);
    }
}

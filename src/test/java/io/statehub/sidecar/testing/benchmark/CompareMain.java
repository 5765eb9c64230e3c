package io.statehub.sidecar.testing.benchmark;

import io.statehub.sidecar.testing.lab.LabOptions;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the sidecar beside {@code postgres_exporter}, on the same servers in the same run, and prints one Markdown
 * table.
 */
public final class CompareMain {

    private static final String PACKAGED = "target/quarkus-app/quarkus-run.jar";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    /** As often as Prometheus usually asks. */
    private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(15);

    private static final Duration FROZEN = Duration.ofSeconds(10);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
    private static final double KIB_PER_MIB = 1024;
    private static final double MINUTE_NANOS = 60e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final int rounds = Integer.getInteger("compare.rounds", 5);
    private final Duration steady = Duration.ofSeconds(Integer.getInteger("compare.steady", 60));
    private final Duration load = Duration.ofSeconds(Integer.getInteger("compare.load", 10));
    private final PrintStream out;
    private final long begin = System.nanoTime();

    private CompareMain(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new CompareMain(System.out).run();
    }

    private void run() throws IOException, InterruptedException {
        MeasuredMachine machine = new MeasuredMachine();
        // As the image for the JVM has it.
        System.setProperty("sidecar.class.archive", "target/compare.jsa");
        ServerWork.useServersThatCount();
        try (PostgresLab lab = PostgresLab.start(LabOptions.defaults());
                StandInApi api = StandInApi.start(lab.primary().server().jdbcUrl(LabRoles.DATABASE))) {
            ServerWork.startCounting(lab);
            List<Contestant> contestants = contestants(lab, api);
            ComparedFigures figures = new ComparedFigures(
                    contestants.stream().map(Contestant::name).toList());
            for (int round = 1; round <= rounds; round++) {
                for (Contestant contestant : contestants) {
                    progress("round %d of %d: %s".formatted(round, rounds, contestant.name()));
                    measure(contestant, lab, figures);
                }
            }
            out.printf(
                    "%n%s; `benchmarks/compare`, rounds=%d steady=%ds load=%ds; minimum / median / maximum%n%n%s%n",
                    machine.describe(lab), rounds, steady.toSeconds(), load.toSeconds(), figures.markdown());
        }
        progress("everything is stopped and deleted");
    }

    private static List<Contestant> contestants(PostgresLab lab, StandInApi api) {
        List<Contestant> all = new ArrayList<>();
        all.add(new Contestant.OfExporter(System.getProperty("compare.exporter", "prometheus-postgres-exporter"), lab));
        all.add(new Contestant.OfSidecar("sidecar, JVM", PACKAGED, lab, api));
        String executable = System.getProperty("sidecar.executable", PACKAGED);
        if (!executable.endsWith(".jar")) {
            all.add(new Contestant.OfSidecar("sidecar, native", executable, lab, api));
        }
        return all;
    }

    private void measure(Contestant contestant, PostgresLab lab, ComparedFigures figures)
            throws IOException, InterruptedException {
        String name = contestant.name();
        long start = System.nanoTime();
        try (Contestant.Running running = contestant.start()) {
            awaitFirstAnswer(contestant, running);
            figures.add("start to first 200, ms", name, (System.nanoTime() - start) / NANOS_PER_MILLI);
            Thread.sleep(SETTLING.toMillis());
            rest(name, running, lab, figures);
            String url = "http://127.0.0.1:%d/metrics".formatted(running.port());
            load(name, url, figures);
            ProcessMemory after = ProcessMemory.of(running.pid());
            figures.add("resident after load, MiB", name, after.resident() / KIB_PER_MIB);
            frozen(name, running, lab, figures);
        }
    }

    private static void awaitFirstAnswer(Contestant contestant, Contestant.Running running) throws IOException {
        long start = System.nanoTime();
        while (!answers(running.port(), contestant.firstPath())) {
            if (!running.isRunning() || System.nanoTime() - start > LONGEST_START.toNanos()) {
                throw new IOException(contestant.name() + " did not start");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean answers(int port, String path) {
        try (HttpConnection connection = new HttpConnection(port)) {
            return connection.get(path).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** With nothing but a scrape each 15 s, of which the exporter's is what it asks the servers for. */
    private void rest(String name, Contestant.Running running, PostgresLab lab, ComparedFigures figures)
            throws IOException, InterruptedException {
        ServerWork workBefore = ServerWork.soFar(lab);
        double cpuBefore = ProcessorTime.millisOf(running.pid());
        long from = System.nanoTime();
        do {
            answers(running.port(), "/metrics");
            long left = steady.toNanos() - (System.nanoTime() - from);
            Thread.sleep(Math.max(0, Math.min(SCRAPE_INTERVAL.toMillis(), (long) (left / NANOS_PER_MILLI))));
        } while (System.nanoTime() - from < steady.toNanos());
        double nanos = System.nanoTime() - from;
        double cpu = ProcessorTime.millisOf(running.pid()) - cpuBefore;
        ServerWork work = ServerWork.soFar(lab).minus(workBefore);
        ProcessMemory memory = ProcessMemory.of(running.pid());
        figures.add("resident at rest, MiB", name, memory.resident() / KIB_PER_MIB);
        figures.add("private at rest (RssAnon), MiB", name, memory.anonymous() / KIB_PER_MIB);
        figures.add("threads", name, (double) memory.threads());
        figures.add("processor at rest, % of a core", name, 100 * cpu / (nanos / NANOS_PER_MILLI));
        double minutes = nanos / MINUTE_NANOS;
        figures.add("statements on all servers, 1/min", name, work.statements() / minutes);
        figures.add("planning and execution of those, ms/min", name, work.millis() / minutes);
        figures.add("write-ahead log, KiB/min", name, work.walBytes() / KIB_PER_MIB / minutes);
    }

    private void load(String name, String url, ComparedFigures figures) throws IOException, InterruptedException {
        Wrk.flatOut(url, 1, Duration.ofSeconds(2));
        for (int connections : new int[] {1, 4}) {
            Wrk flatOut = Wrk.flatOut(url, connections, load);
            String what = "scrape flat out, %d connection(s), ".formatted(connections);
            figures.add(what + "p50, ms", name, flatOut.p50());
            figures.add(what + "p99, ms", name, flatOut.p99());
            figures.add(what + "requests/s", name, flatOut.perSecond());
        }
        Wrk paced = Wrk.paced(url, load);
        figures.add("scrape paced at 200/s, p50, ms", name, paced.p50());
        figures.add("scrape paced at 200/s, p99, ms", name, paced.p99());
        figures.add("scrape paced at 200/s, requests/s", name, paced.perSecond());
    }

    /** Whoever asks a server for each scrape waits for one that is frozen. */
    private static void frozen(String name, Contestant.Running running, PostgresLab lab, ComparedFigures figures)
            throws InterruptedException {
        lab.primary().server().freeze();
        int asked = 0;
        int answered = 0;
        try {
            Thread.sleep(BETWEEN_QUESTIONS.toMillis());
            long from = System.nanoTime();
            while (System.nanoTime() - from < FROZEN.toNanos()) {
                asked++;
                answered += answers(running.port(), "/metrics") ? 1 : 0;
                Thread.sleep(BETWEEN_QUESTIONS.toMillis());
            }
        } finally {
            lab.primary().server().thaw();
        }
        figures.add("scrapes answered in 10 s while the primary is frozen, %", name, 100.0 * answered / asked);
        figures.add("scrapes that could be asked meanwhile", name, asked);
        Thread.sleep(SETTLING.toMillis());
    }

    private void progress(String what) {
        out.printf("[%5.1f s] %s%n", (System.nanoTime() - begin) / 1e9, what);
    }
}

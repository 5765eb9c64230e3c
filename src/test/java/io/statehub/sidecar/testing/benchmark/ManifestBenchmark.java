package io.statehub.sidecar.testing.benchmark;

import static io.statehub.sidecar.testing.benchmark.FiguresTable.decimals;

import io.statehub.sidecar.system.FileTree;
import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.InstalledPostgres;
import io.statehub.sidecar.testing.lab.LabException;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a manifest costs beside {@code pg_dump --data-only} to a digest: both read the same table of the same server in
 * turns. Prints one Markdown table.
 */
public final class ManifestBenchmark {

    private static final int ROWS = 5_000_000;
    private static final int ROUNDS = 3;
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final double NANOS = 1e9;
    private static final Pattern READING = Pattern.compile("in ([0-9.]+) s \\(");
    private static final Pattern HEAP = Pattern.compile("Pause .* (\\d+)M->");

    private final int rows = Integer.getInteger("benchmark.rows", ROWS);
    private final int rounds = Integer.getInteger("benchmark.rounds", ROUNDS);
    private final Path directory;
    private final InstalledPostgres server;
    private final PrintStream out;

    /**
     * One turn of both.
     *
     * @param dump seconds of the dump and its digest
     * @param reading seconds in which the manifest read the table
     * @param command seconds of the whole command, from the start of its process to its end
     * @param heapMib the most that was in its heap when that was cleaned
     */
    private record Turn(double dump, double reading, double command, double heapMib) {}

    private ManifestBenchmark(Path directory, InstalledPostgres server, PrintStream out) {
        this.directory = directory;
        this.server = server;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("statehub-manifest");
        try (InstalledPostgres server = InstalledPostgres.start(directory)) {
            new ManifestBenchmark(directory, server, System.out).run();
        } finally {
            FileTree.delete(directory);
        }
    }

    private void run() throws IOException {
        progress("making a table of " + rows + " rows");
        fill();
        List<Turn> turns = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            progress("turn " + round + " of " + rounds);
            turns.add(turn());
        }
        print(turns);
    }

    private void fill() {
        server.executeIn(LabRoles.SUPERUSER, "CREATE DATABASE bench");
        server.executeIn(
                "bench",
                "CREATE TABLE b AS SELECT g AS id, md5(g::text) AS body, now() + g * interval '1 s' AS at, g % 1000 AS"
                        + " kind, CASE WHEN g % 7 > 0 THEN g * 1.5::float8 END AS v FROM generate_series(1, " + rows
                        + ") g");
        server.executeIn("bench", "ALTER TABLE b ADD PRIMARY KEY (id)");
        // Hint bits are set by whoever reads first, which would be the dump.
        server.executeIn("bench", "VACUUM (ANALYZE, FREEZE) b");
    }

    private Turn turn() throws IOException {
        double dump = dump();
        Path gc = directory.resolve("gc.log");
        Files.deleteIfExists(gc);
        long begun = System.nanoTime();
        String said = manifest(gc);
        double command = (System.nanoTime() - begun) / NANOS;
        Matcher reading = READING.matcher(said);
        if (!reading.find()) {
            throw new LabException("the manifest does not say how long it took: " + said);
        }
        return new Turn(dump, Double.parseDouble(reading.group(1)), command, heap(gc));
    }

    private double dump() {
        String command = "%s -h 127.0.0.1 -p %d -U %s -w --data-only -t b bench | sha256sum"
                .formatted(server.programs().resolve("pg_dump"), server.port(), LabRoles.SUPERUSER);
        long begun = System.nanoTime();
        Program.Ended ended = Program.run(List.of("bash", "-o", "pipefail", "-c", command));
        if (ended.code() != 0) {
            throw new LabException("pg_dump failed: " + ended.output());
        }
        return (System.nanoTime() - begun) / NANOS;
    }

    private String manifest(Path gc) {
        Map<String, String> environment = Map.of(
                "STATEHUB_API_URL",
                "http://localhost:" + FreePorts.next(),
                "STATEHUB_POSTGRES_URL",
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/bench",
                "STATEHUB_POSTGRES_MEMBERS",
                "pg-1=127.0.0.1:" + server.port(),
                "STATEHUB_POSTGRES_USERNAME",
                LabRoles.SUPERUSER,
                "STATEHUB_POSTGRES_PASSWORD",
                LabRoles.SUPERUSER_PASSWORD);
        try (SidecarProcess process = SidecarProcess.command(
                environment,
                FreePorts.next(),
                List.of("-Xlog:gc:file=" + gc),
                "drill",
                "restore",
                "manifest",
                "--jobs",
                "2",
                "--progress",
                "none",
                "--output",
                directory.resolve("manifest.json").toString())) {
            int code = process.awaitExit(DEADLINE).code();
            if (code != 0) {
                throw new LabException("the manifest ended with " + code + ": " + process.errorLines());
            }
            return process.output();
        }
    }

    private static double heap(Path gc) throws IOException {
        try (Stream<String> lines = Files.lines(gc)) {
            return lines.map(HEAP::matcher)
                    .filter(Matcher::find)
                    .mapToDouble(found -> Double.parseDouble(found.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    private void print(List<Turn> turns) {
        FiguresTable table = new FiguresTable();
        double[] dump = each(turns, Turn::dump);
        double[] reading = each(turns, Turn::reading);
        table.add("`pg_dump --data-only \\| sha256sum`, each turn", "s", decimals(1, dump));
        table.add("the manifest's reading with `--jobs 2`, each turn", "s", decimals(1, reading));
        table.add(
                "the whole command, with the start of its JVM, each turn",
                "s",
                decimals(1, each(turns, Turn::command)));
        table.add("dump, median", "rows/s", decimals(0, rows / median(dump)));
        table.add("reading, median", "rows/s", decimals(0, rows / median(reading)));
        table.add(
                "dump / reading, each turn; above 1 the manifest is faster",
                "1",
                decimals(2, each(turns, turn -> turn.dump() / turn.reading())));
        table.add(
                "dump / whole command, each turn", "1", decimals(2, each(turns, turn -> turn.dump() / turn.command())));
        table.add(
                "most in the heap (-Xmx64m)",
                "MiB",
                decimals(0, Arrays.stream(each(turns, Turn::heapMib)).max().orElse(0)));
        out.printf(
                "%n%s; rows=%d rounds=%d; `-Dexec.mainClass=%s`%n%n%s%n",
                new MeasuredMachine()
                        .describe(server.queryIn("bench", "SHOW server_version").orElseThrow()),
                rows,
                rounds,
                ManifestBenchmark.class.getName(),
                table.markdown());
    }

    private static double[] each(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        return turns.stream().mapToDouble(figure).toArray();
    }

    private static double median(double[] values) {
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        return ascending[ascending.length / 2];
    }

    private static void progress(String what) {
        System.err.println(what);
    }
}

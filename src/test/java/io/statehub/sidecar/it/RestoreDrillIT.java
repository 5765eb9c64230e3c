package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.drill.restore.run.AgeFiles;
import io.statehub.sidecar.drill.restore.run.SourceServer;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code drill restore} of the packaged sidecar: from a manifest to a restored database that is the same, or is not.
 * What each command makes of each fault is tested where a start of the program is not paid for it.
 */
@Tag("thorough")
@Timeout(900)
class RestoreDrillIT {

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String SCHEMA = "CREATE TABLE entry (id int PRIMARY KEY, body text, at timestamptz);"
            + " CREATE INDEX by_body ON entry (body); CREATE SEQUENCE counter; SELECT setval('counter', 10);"
            + " INSERT INTO entry SELECT g, 'body ' || g, '2026-01-01 00:00:00+00'::timestamptz + g * interval '1 s'"
            + " FROM generate_series(1, 10) g; GRANT SELECT ON entry TO sidecar";

    @TempDir
    private Path folder;

    private record Ended(int code, String output, List<String> errors) {}

    private static Map<String, String> environment(SourceServer live) {
        String url = live.jdbcUrl("state");
        Map<String, String> environment = new HashMap<>();
        environment.put("STATEHUB_API_URL", "http://localhost:" + FreePorts.next());
        environment.put("STATEHUB_POSTGRES_URL", url);
        environment.put("STATEHUB_POSTGRES_MEMBERS", "pg-1=" + url.replaceAll("jdbc:postgresql://|/[^/]*$", ""));
        environment.put("STATEHUB_POSTGRES_USERNAME", "postgres");
        environment.put("STATEHUB_POSTGRES_PASSWORD", live.password());
        return environment;
    }

    private static Ended drill(Map<String, String> environment, Object... arguments) {
        String[] all = Stream.concat(
                        Stream.of("drill", "restore"), Arrays.stream(arguments).map(Object::toString))
                .toArray(String[]::new);
        try (SidecarProcess process = SidecarProcess.command(environment, FreePorts.next(), all)) {
            int code = process.awaitExit(DEADLINE).code();
            return new Ended(code, process.output(), process.errorLines());
        }
    }

    @Test
    void aBackupIsRestoredAndVerifiedByItsManifestAndEachDifferenceIsNamed() throws Exception {
        Program.require("pg_dump", "psql", "age", "age-keygen");
        Path manifest = folder.resolve("state.json");
        Path evidence = folder.resolve("evidence");
        AgeFiles key = AgeFiles.keyIn(folder.resolve("key.txt"));
        try (SourceServer live = SourceServer.in(folder.resolve("live"))) {
            live.sql("postgres", "CREATE ROLE sidecar; CREATE DATABASE state; CREATE DATABASE other");
            live.sql("state", SCHEMA);
            live.sql("other", SCHEMA);
            Map<String, String> environment = environment(live);
            Ended written = drill(environment, "manifest", "--output", manifest, "--evidence", evidence);
            assertThat(written.code()).as(written.output()).isZero();
            assertThat(written.output()).contains("10 rows of");
            Path dump = live.dump("state", folder.resolve("dump"), "-Fc");
            Path backup = key.encrypted(dump, folder.resolve("dump.age"));

            aDifferentDatabaseIsToldFromIt(live, environment, manifest, evidence);
            aBackupIsRestoredAndItsApiAsked(environment, manifest, key, backup);
            aDumpIsRestoredIntoAGivenDatabase(environment, manifest, key, backup);
            aDamagedBackupIsNamed(environment, manifest, key, backup);
            aSignalRemovesWhatWasMadeAndIsNoDamage(environment, manifest, key, backup);
        }
        try (Stream<Path> items = Files.list(evidence)) {
            assertThat(items.filter(Files::isDirectory)
                            .filter(item -> !item.getFileName().toString().startsWith(".")))
                    .hasSize(2);
        }
        try (Stream<Path> left = Files.list(work())) {
            assertThat(left).as("nothing is left behind").isEmpty();
        }
    }

    private Path work() throws IOException {
        return Files.createDirectories(folder.resolve("work"));
    }

    private Ended run(Map<String, String> environment, Path backup, Path manifest, AgeFiles key, Object... more)
            throws IOException {
        Stream<Object> run = Stream.of(
                "run", "--from", backup, "--manifest", manifest, "--identity", key.identity(), "--work", work());
        return drill(environment, Stream.concat(run, Arrays.stream(more)).toArray());
    }

    private static void aDifferentDatabaseIsToldFromIt(
            SourceServer live, Map<String, String> environment, Path manifest, Path evidence) throws Exception {
        live.sql(
                "other",
                "DELETE FROM entry WHERE id = 7; DROP INDEX by_body; SELECT setval('counter', 5);"
                        + " ALTER TABLE entry ALTER at TYPE timestamp");
        Ended different = drill(
                environment,
                "verify",
                "--manifest",
                manifest,
                "--url",
                live.jdbcUrl("other"),
                "--force",
                "--evidence",
                evidence);

        assertThat(different.code()).isEqualTo(1);
        assertThat(different.output())
                .contains(
                        "DIFFERENT table public.entry: 9 rows, expected 10: 1 fewer",
                        "missing id=7",
                        "DIFFERENT index public.entry.by_body: is missing",
                        "DIFFERENT column public.entry.at: is 'timestamp without time zone',"
                                + " expected 'timestamp with time zone'",
                        "DIFFERENT sequence public.counter: is behind: 5, expected 10");
    }

    private void aBackupIsRestoredAndItsApiAsked(
            Map<String, String> environment, Path manifest, AgeFiles key, Path backup) throws Exception {
        PostgresLab lab = SharedLab.asNew();
        Path seen = folder.resolve("seen");
        String command = "echo $PGDATABASE > " + seen + ".new; mv " + seen + ".new " + seen + "; exec sleep 600";
        try (StandInApi api = StandInApi.start(lab.writeUrl())) {
            Object[] withApi = {"--api", api.url(), "--api-command", command};
            Ended another = run(environment, backup, manifest, key, withApi);
            assertThat(another.code()).as(another.output()).isEqualTo(2);
            assertThat(another.errors()).anyMatch(line -> line.startsWith("--api: an API answers there already"));

            api.become(StandInApi.Mode.FAIL);
            Thread started = new Thread(() -> {
                await().atMost(DEADLINE).until(() -> Files.exists(seen));
                api.become(StandInApi.Mode.OK);
            });
            started.setDaemon(true);
            started.start();
            Ended same = run(environment, backup, manifest, key, withApi);
            assertThat(same.code()).as(same.output()).isZero();
            assertThat(same.output())
                    .contains(
                            "API /state/health: HTTP 200",
                            "API /state/summary: HTTP 200",
                            "SAME: ",
                            "10 of them one by one");
            assertThat(seen).hasContent("state");
        }
    }

    private void aDumpIsRestoredIntoAGivenDatabase(
            Map<String, String> environment, Path manifest, AgeFiles key, Path backup) throws Exception {
        try (SourceServer other = SourceServer.in(folder.resolve("given"))) {
            other.sql("postgres", "CREATE ROLE sidecar; CREATE DATABASE given TEMPLATE template0");
            Path password = Files.writeString(folder.resolve("given-password"), other.password() + "\n");
            String into = other.jdbcUrl("given");

            Ended same = run(
                    environment,
                    backup,
                    manifest,
                    key,
                    "--into",
                    into,
                    "--username",
                    "postgres",
                    "--password-file",
                    password);

            assertThat(same.code()).as(same.output()).isZero();
            assertThat(same.output()).contains("what was restored is left in given at 127.0.0.1:", "SAME: ");
        }
    }

    private void aDamagedBackupIsNamed(Map<String, String> environment, Path manifest, AgeFiles key, Path backup)
            throws Exception {
        byte[] flipped = Files.readAllBytes(backup);
        flipped[flipped.length - 10] ^= 1;

        Ended damaged = run(environment, Files.write(folder.resolve("flipped.age"), flipped), manifest, key);

        assertThat(damaged.code()).as(damaged.output()).isEqualTo(1);
        assertThat(damaged.output()).contains("DIFFERENT the backup can't be restored: it can't be decrypted");
    }

    private void aSignalRemovesWhatWasMadeAndIsNoDamage(
            Map<String, String> environment, Path manifest, AgeFiles key, Path backup) throws Exception {
        Path started = folder.resolve("started");
        Path evidence = folder.resolve("stopped");
        try (SidecarProcess process = SidecarProcess.command(
                environment,
                FreePorts.next(),
                "drill",
                "restore",
                "run",
                "--from=" + backup,
                "--manifest=" + manifest,
                "--identity=" + key.identity(),
                "--work=" + work(),
                "--api=http://localhost:" + FreePorts.next(),
                "--api-command=touch " + started + "; exec sleep 600",
                "--evidence=" + evidence)) {
            await().atMost(DEADLINE).until(() -> Files.exists(started));

            process.terminate();

            assertThat(EvidenceStore.at(evidence).items())
                    .as(String.join("\n", process.errorLines()))
                    .extracting(EvidenceItem::verdict)
                    .containsExactly(EvidenceVerdict.INCOMPLETE);
            assertThat(ProcessHandle.allProcesses()
                            .map(each -> each.info().commandLine().orElse(""))
                            .filter(line -> line.contains(folder.resolve("work") + "/")))
                    .isEmpty();
        }
    }

    @Test
    void wrongSettingsAreExitCodeTwoSinceOneIsAResult() {
        Ended ended = drill(Map.of("STATEHUB_POSTGRES_URL", "nonsense"), "manifest", "--output", "x.json");

        assertThat(ended.code()).isEqualTo(2);
    }
}

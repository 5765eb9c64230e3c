package io.statehub.sidecar.cli.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.cli.FilingOptions;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsTree;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.Origin;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What the commands do once they are understood: from a manifest to a verification, with what each prints and its exit
 * code.
 */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
@Timeout(300)
class RestoreBeansIT {

    private static final String SCHEMA =
            "CREATE TABLE entry (id int PRIMARY KEY, body text); CREATE INDEX by_body ON entry (body);"
                    + " CREATE SEQUENCE counter; SELECT setval('counter', 10);"
                    + " INSERT INTO entry SELECT g, 'body ' || g FROM generate_series(1, 10) g";

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private PostgresLab lab;

    /** What is typed. */
    @Command
    static final class Typed {

        @Mixin
        private DatabaseOptions database = new DatabaseOptions();

        @Mixin
        private LimitOptions limits = new LimitOptions();

        @Mixin
        private ComparisonOptions comparison = new ComparisonOptions();

        @Mixin
        private FilingOptions filing = new FilingOptions();

        static Typed of(String... arguments) {
            Typed typed = new Typed();
            new CommandLine(typed).parseArgs(arguments);
            return typed;
        }
    }

    @BeforeEach
    void start() {
        lab = SharedLab.asNew();
        for (String database : new String[] {"live", "restored"}) {
            lab.primary().server().execute("CREATE DATABASE " + database);
            lab.primary().server().executeIn(database, SCHEMA);
        }
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setErr(new PrintStream(printed, true, UTF_8));
    }

    @AfterEach
    void leave() {
        System.setOut(out);
        System.setErr(err);
    }

    private String url(String database) {
        return lab.primary().server().jdbcUrl(database);
    }

    private Settings settings() {
        return settingsAt(url("live"));
    }

    private static Settings settingsAt(String url) {
        return SettingsTree.mappedWith(Map.of(
                "statehub.postgres.url", url,
                "statehub.postgres.username", LabRoles.SUPERUSER,
                "statehub.postgres.password", LabRoles.SUPERUSER_PASSWORD));
    }

    private int verified(Path manifest, boolean force) {
        return verified(manifest, settings(), url("restored"), force);
    }

    private int verified(Path manifest, Settings settings, String url, boolean force) {
        Vertx vertx = Vertx.vertx();
        try {
            Typed typed = Typed.of(
                    "--url", url, "--evidence", folder.resolve("evidence").toString());
            return new RestoreVerification(settings, vertx, TimeSource.system())
                    .verify(manifest, typed.database, typed.limits, typed.comparison, force, typed.filing);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void aDatabaseIsVerifiedByItsManifestAndEachDifferenceIsPrintedAndFiled() throws Exception {
        Path manifest = folder.resolve("live.json");
        Typed typed = Typed.of("--jobs", "3");
        int written = new Manifests(settings(), TimeSource.system())
                .write(
                        manifest,
                        typed.database,
                        typed.limits,
                        100,
                        Optional.of("test -n \"$STATEHUB_SNAPSHOT\""),
                        typed.filing);
        assertThat(written).as(printed.toString(UTF_8)).isZero();
        assertThat(printed.toString(UTF_8)).contains("10 rows of");

        assertThat(verified(manifest, false)).isEqualTo(2);
        assertThat(printed.toString(UTF_8)).contains("this is the live cluster: ");
        assertThat(verified(manifest, true)).as(printed.toString(UTF_8)).isZero();

        lab.primary()
                .server()
                .executeIn(
                        "restored", "DELETE FROM entry WHERE id = 7; DROP INDEX by_body; SELECT setval('counter', 5)");
        assertThat(verified(manifest, true)).isEqualTo(1);
        assertThat(printed.toString(UTF_8))
                .contains(
                        "DIFFERENT table public.entry: 9 rows, expected 10: 1 fewer",
                        "missing id=7",
                        "DIFFERENT index public.entry.by_body: is missing",
                        "DIFFERENT sequence public.counter: is behind: 5, expected 10");
        try (Stream<Path> items = Files.list(folder.resolve("evidence"))) {
            assertThat(items.filter(item -> item.getFileName().toString().contains("restore-drill")))
                    .hasSize(2);
        }
        Path edited = Files.writeString(
                folder.resolve("edited.json"), Files.readString(manifest).replace("\"rows\":10", "\"rows\":9"));
        assertThat(verified(edited, true)).isEqualTo(2);
        assertThat(printed.toString(UTF_8)).contains("its checksum is wrong");
    }

    /** The last two end with exit code 0, as if the dump were there. */
    @ParameterizedTest
    @ValueSource(strings = {"sleep 600", "sleep 600; true", "trap 'exit 0' TERM; sleep 600 & wait"})
    void aSignalEndsTheDumpThatIsMadeBesideAndWritesNoManifest(String command) throws Exception {
        Path pid = folder.resolve("pid");
        Path output = folder.resolve("live.json");
        Typed typed = Typed.of();
        Manifests manifests = new Manifests(settings(), TimeSource.system());
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> manifests.write(
                output,
                typed.database,
                typed.limits,
                100,
                Optional.of("echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; " + command),
                typed.filing));
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(pid));

        manifests.stop(new ShutdownEvent());

        assertThat(code.join()).isEqualTo(2);
        assertThat(output).doesNotExist();
        assertThat(printed.toString(UTF_8)).contains("--dump-with: a signal ended the command");
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aDumpThatFailsLeavesNoManifest() {
        Path manifest = folder.resolve("none.json");
        Typed typed = Typed.of();

        int code = new Manifests(settings(), TimeSource.system())
                .write(manifest, typed.database, typed.limits, 100, Optional.of("exit 7"), typed.filing);

        assertThat(code).isEqualTo(2);
        assertThat(manifest).doesNotExist();
        assertThat(printed.toString(UTF_8)).contains("--dump-with: the command ended with exit code 7, expected 0");
    }

    @Test
    void aMemberThatWasPromotedSinceIsTheLiveClusterUnderAnAddressThatNobodyNamed() {
        Path manifest = folder.resolve("live.json");
        Typed typed = Typed.of();
        new Manifests(settings(), TimeSource.system())
                .write(manifest, typed.database, typed.limits, 100, Optional.empty(), typed.filing);
        Settings unreachable = settingsAt("jdbc:postgresql://localhost:" + FreePorts.next() + "/live");
        LabMember promoted = lab.bestStandby().orElseThrow();
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> promoted.server()
                        .queryIn("restored", "SELECT count(*) FROM entry")
                        .equals(Optional.of("10")));
        lab.failover(promoted);
        Settings byProxy = settingsAt("jdbc:postgresql://" + promoted.address() + "/live");
        String direct = promoted.server().jdbcUrl("restored");

        assertThat(verified(manifest, unreachable, direct, false)).isEqualTo(2);
        assertThat(printed.toString(UTF_8)).contains("this is the live cluster: ", "before the manifest was taken at ");

        promoted.server().stop();
        promoted.server().start();
        assertThat(verified(manifest, byProxy, direct, false)).isEqualTo(2);
        assertThat(printed.toString(UTF_8)).contains(" answers at an address that the settings name, too; --force");

        assertThat(verified(manifest, unreachable, direct, false))
                .as("it passes for a copy if no live server can be asked, and that is said")
                .isZero();
        assertThat(printed.toString(UTF_8)).contains("whether this is the live server at localhost:");
    }

    private Optional<String> refused(Manifest manifest, Settings settings) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Typed typed = Typed.of("--url", url("restored"));
            LongLogins into = LongLogins.asConfigured(
                    settings.postgres(), typed.database.url().orElseThrow(), typed.limits.silence());
            return new RestoreVerification(settings, vertx, TimeSource.system()).refused(manifest, into, typed.limits);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void nothingIsRestoredIntoTheLiveClusterNorIntoADatabaseThatHoldsSomething() throws Exception {
        Path file = folder.resolve("live.json");
        Typed typed = Typed.of();
        new Manifests(settings(), TimeSource.system())
                .write(file, typed.database, typed.limits, 100, Optional.empty(), typed.filing);
        Manifest manifest = RestoreVerification.manifest(file);
        Settings elsewhere = settingsAt("jdbc:postgresql://localhost:" + FreePorts.next() + "/live");

        assertThat(refused(manifest, settings()).orElseThrow())
                .startsWith("the settings name ")
                .endsWith(" as the live cluster's");
        assertThat(refused(manifest, elsewhere))
                .hasValue("its server has the manifest's system identifier "
                        + manifest.origin().systemIdentifier());
        assertThat(refused(ofAnotherCluster(manifest), elsewhere))
                .hasValue("it is not empty: it holds the relation public.by_body");
        assertThat(printed.toString(UTF_8)).contains("whether this is the live server at localhost:");
    }

    private static Manifest ofAnotherCluster(Manifest manifest) {
        Origin origin = manifest.origin();
        Origin other = new Origin(
                origin.takenAt(),
                "4711",
                origin.timeline(),
                origin.lsn(),
                origin.standby(),
                origin.database(),
                origin.role(),
                origin.serverVersion(),
                origin.majorVersion(),
                origin.encoding(),
                origin.collation(),
                origin.hashCheck());
        return new Manifest(
                other,
                manifest.recordsPerTable(),
                manifest.roles(),
                manifest.objects(),
                manifest.tables(),
                manifest.sequences(),
                manifest.unseen());
    }
}

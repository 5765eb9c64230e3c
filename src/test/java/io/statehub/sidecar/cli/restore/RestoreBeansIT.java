package io.statehub.sidecar.cli.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.cli.FilingOptions;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsTree;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the commands do once they are understood: from a manifest to a verification, with what each prints and its exit code. */
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
        return SettingsTree.mappedWith(Map.of(
                "statehub.postgres.url", url("live"),
                "statehub.postgres.username", LabRoles.SUPERUSER,
                "statehub.postgres.password", LabRoles.SUPERUSER_PASSWORD));
    }

    private int verified(Path manifest, boolean force) {
        Vertx vertx = Vertx.vertx();
        try {
            Typed typed = Typed.of(
                    "--url",
                    url("restored"),
                    "--evidence",
                    folder.resolve("evidence").toString());
            return new RestoreVerification(settings(), vertx, TimeSource.system())
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
}

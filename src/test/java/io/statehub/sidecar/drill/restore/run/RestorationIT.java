package io.statehub.sidecar.drill.restore.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.drill.restore.AsOf;
import io.statehub.sidecar.drill.restore.Comparison;
import io.statehub.sidecar.drill.restore.ComparisonOutcome;
import io.statehub.sidecar.drill.restore.ComparisonResult;
import io.statehub.sidecar.drill.restore.LiveCluster;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.RunningServer;
import io.statehub.sidecar.drill.restore.server.EmptyDatabase;
import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of backup, from PostgreSQL's own programs to a server that is the same; and nothing is left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
class RestorationIT {

    private static final String DATABASE = "StateHub";
    private static final String SCHEMA = "CREATE ROLE \"App\" LOGIN; CREATE ROLE reader;";
    private static final String CONTENT = """
            CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE TABLE "Entry" (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL DEFAULT '',
                m mood,
                p positive, j jsonb, b bytea, a text[], r int4range, n numeric, f float8, at timestamptz,
                twice int GENERATED ALWAYS AS (p * 2) STORED);
            INSERT INTO "Entry" (body, m, p, j, b, a, r, n, f, at) SELECT 'naïve ' || g, 'ok', g,
                jsonb_build_object('b', g, 'a', NULL),
                decode(md5(g::text), 'hex'), ARRAY['x,y', NULL, ''], int4range(1, g), 'NaN', 0.1::float8 * g,
                '2026-03-01 10:00:00+00'::timestamptz + g * interval '1 minute' FROM generate_series(1, 500) g;
            CREATE INDEX by_body ON "Entry" (lower(body)) WHERE p > 3;
            CREATE TABLE parent (id int, v text); CREATE TABLE child (more int) INHERITS (parent);
            ALTER TABLE parent ADD later text; INSERT INTO child VALUES (1, 'v', 2, 'l');
            CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE parted_1 PARTITION OF parted
                FOR VALUES
                FROM (0) TO (100); INSERT INTO parted SELECT generate_series(1, 50);
            CREATE TABLE no_key (a int); INSERT INTO no_key VALUES (1), (1), (NULL);
            CREATE UNLOGGED TABLE fleeting (id int PRIMARY KEY); INSERT INTO fleeting VALUES (1);
            CREATE SEQUENCE counter; SELECT nextval('counter'), nextval('counter');
            CREATE VIEW seen AS SELECT id, body FROM "Entry" WHERE p > 1;
            CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
            CREATE TRIGGER touch BEFORE UPDATE ON "Entry" FOR EACH ROW EXECUTE FUNCTION touched();
            ALTER TABLE "Entry" OWNER TO "App"; GRANT SELECT ON "Entry" TO reader; GRANT UPDATE (body) ON "Entry" TO
                reader;
            ALTER TABLE no_key ENABLE ROW LEVEL SECURITY; CREATE POLICY mine ON no_key TO reader USING (a > 1);
            SELECT lo_from_bytea(4711, 'hello');
            """;

    @TempDir
    private static Path folder;

    private SourceServer source;
    private Manifest manifest;
    private RunningServer live;

    @BeforeAll
    void prepare() throws Exception {
        Program.require("pg_dump", "psql", "zstd", "age", "age-keygen");
        source = SourceServer.in(folder.resolve("source"));
        source.sql("postgres", SCHEMA + "CREATE DATABASE \"" + DATABASE + "\"");
        source.sql(DATABASE, CONTENT);
        manifest = source.manifest(DATABASE);
        assertThat(manifest.complete()).isTrue();
        live = source.running(DATABASE);
        assertThat(source.running("postgres"))
                .as("one server is one, in each session")
                .isEqualTo(live);
        assertThat(LiveCluster.recognised(manifest.origin(), live, Optional.empty(), List.of()))
                .isPresent();
    }

    @AfterAll
    void stop() {
        source.close();
    }

    private ComparisonResult restored(Path backup, Optional<Path> identity, List<String> told) throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        try (Restoration restoration = restoration(work, told)) {
            BackupSource from = new BackupSource(backup.toString(), Optional.empty(), OptionalLong.empty());
            RestoredDatabase database = restoration.restore(from, identity, manifest);
            Manifest found = SourceServer.manifest(database, Optional.of(manifest));
            RunningServer running = SourceServer.reader(database).server();
            assertThat(LiveCluster.recognised(manifest.origin(), running, Optional.empty(), List.of(live)))
                    .isEmpty();
            return Comparison.of(manifest, found, AsOf.SAME);
        } finally {
            try (Stream<Path> left = Files.list(work)) {
                assertThat(left).as("nothing is left behind").isEmpty();
            }
        }
    }

    private static Restoration restoration(Path work, List<String> told) throws BackupException {
        return new Restoration(
                work,
                Optional.empty(),
                "postgres",
                Duration.ofMinutes(3),
                OptionalLong.empty(),
                TimeSource.system(),
                told::add);
    }

    private static void assertSame(ComparisonResult result) {
        assertThat(result.differences()).isEmpty();
        assertThat(result.undecided()).isEmpty();
        assertThat(result.outcome()).isEqualTo(ComparisonOutcome.SAME);
        assertThat(result.rowsCompared()).isGreaterThan(550);
    }

    private Path run(Path result, String... command) {
        Program.Ended ended = Program.run(List.of(command));
        assertThat(ended.code()).as(ended.output()).isZero();
        return result;
    }

    @Tag("thorough")
    @Test
    void everyKindOfDumpBringsBackTheSame() throws Exception {
        AgeFiles key = AgeFiles.keyIn(folder.resolve("key.txt"));
        Path custom = source.dump(DATABASE, folder.resolve("custom"), "-Fc");
        Path plain = source.dump(DATABASE, folder.resolve("plain.sql"));
        run(
                plain,
                "zstd",
                "-q",
                "-f",
                plain.toString(),
                "-o",
                folder.resolve("plain.zst").toString());
        source.dump(DATABASE, folder.resolve("directory"), "-Fd");
        Path packed = folder.resolve("directory.tar");
        run(packed, "tar", "-cf", packed.toString(), "-C", folder.toString(), "directory");
        run(packed, "gzip", "-kf", packed.toString());
        Path tar = source.dump(DATABASE, folder.resolve("dump.tar"), "-Ft");

        assertSame(restored(
                key.encrypted(custom, folder.resolve("custom.age")), Optional.of(key.identity()), new ArrayList<>()));
        assertSame(restored(folder.resolve("plain.zst"), Optional.empty(), new ArrayList<>()));
        assertSame(restored(folder.resolve("directory.tar.gz"), Optional.empty(), new ArrayList<>()));
        assertSame(restored(tar, Optional.empty(), new ArrayList<>()));
    }

    @Test
    void aBaseBackupWithItsLogBringsBackTheSameInATimelineOfItsOwn() throws Exception {
        Path base = source.baseBackup(folder.resolve("base"));
        Path packed = folder.resolve("base-backup.tar");
        run(packed, "tar", "-cf", packed.toString(), "-C", base.toString(), "base.tar", "pg_wal.tar");

        ComparisonResult result = restored(packed, Optional.empty(), new ArrayList<>());

        assertSame(result);
        assertThat(result.allowed()).anyMatch(it -> it.subject().equals("table public.fleeting"));
        assertThatThrownBy(() -> restoredInto(source.database("template1"), packed))
                .hasMessageStartingWith("--into: a base backup is a whole server, which no database can take");
    }

    private void restoredInto(RestoredDatabase given, Path backup) throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        try (Restoration restoration = restoration(work, new ArrayList<>())) {
            restoration.restoreInto(
                    new BackupSource(backup.toString(), Optional.empty(), OptionalLong.empty()),
                    Optional.empty(),
                    given);
        } finally {
            try (Stream<Path> left = Files.list(work)) {
                assertThat(left).as("nothing is left behind").isEmpty();
            }
        }
    }

    private void assertHoldsTheSame(RestoredDatabase given) throws Exception {
        assertSame(Comparison.of(manifest, SourceServer.manifest(given, Optional.of(manifest)), AsOf.SAME));
    }

    @Test
    void aDumpIsRestoredWholeOrNotAtAllIntoADatabaseThatIsGiven() throws Exception {
        Path custom = source.dump(DATABASE, folder.resolve("for-given"), "-Fc", "-Z0");
        Path plain = source.dump(DATABASE, folder.resolve("for-given.sql"));
        byte[] whole = Files.readAllBytes(custom);
        Path cut = Files.write(folder.resolve("cut-for-given"), Arrays.copyOf(whole, whole.length / 2));
        try (SourceServer other = SourceServer.in(folder.resolve("other"))) {
            for (String name : List.of("given", "\"Second\"")) {
                other.sql("postgres", "CREATE DATABASE " + name + " TEMPLATE template0");
            }
            RestoredDatabase given = other.database("given");
            RestoredDatabase second = other.database("Second");

            assertThatThrownBy(() -> restoredInto(given, cut))
                    .isInstanceOfSatisfying(
                            BackupException.class,
                            e -> assertThat(e.isDamaged()).isTrue());
            assertThatThrownBy(() -> restoredInto(given, custom))
                    .as("a role is missing there, which is no damage")
                    .isInstanceOfSatisfying(
                            BackupException.class,
                            e -> assertThat(e.isDamaged()).isFalse())
                    .hasMessageContaining("role \"App\" does not exist");
            assertThat(EmptyDatabase.held(SourceServer.logins(given)))
                    .as("it was one transaction")
                    .isEmpty();

            other.sql("postgres", SCHEMA);
            restoredInto(given, custom);
            restoredInto(second, plain);

            assertHoldsTheSame(given);
            assertHoldsTheSame(second);
            assertThat(EmptyDatabase.held(SourceServer.logins(given))).hasValue("relation public.\"Entry\"");
        }
    }

    @Test
    void aDumpThatWasCutOffIsFoundAndNothingIsLeft() throws Exception {
        byte[] whole = Files.readAllBytes(source.dump(DATABASE, folder.resolve("whole"), "-Fc", "-Z0"));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> restored(cut, Optional.empty(), new ArrayList<>()))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.isDamaged()).isTrue())
                .hasMessageStartingWith("it can't be restored: pg_restore ended with exit code 1");
    }

    @Test
    void aMissingProgramIsNamedWithWhereItWasLookedFor() throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        Path empty = Files.createDirectories(folder.resolve("no-programs"));
        Path dump = source.dump(DATABASE, folder.resolve("any"), "-Fc");
        try (Restoration restoration = new Restoration(
                work,
                Optional.of(empty),
                "postgres",
                Duration.ofMinutes(3),
                OptionalLong.empty(),
                TimeSource.system(),
                line -> {})) {
            BackupSource from = new BackupSource(dump.toString(), Optional.empty(), OptionalLong.empty());

            assertThatThrownBy(() -> restoration.restore(from, Optional.empty(), manifest))
                    .isInstanceOfSatisfying(
                            BackupException.class,
                            e -> assertThat(e.isDamaged()).isFalse())
                    .hasMessageStartingWith("the program initdb is missing: looked in [" + empty + "]");
        }
    }
}

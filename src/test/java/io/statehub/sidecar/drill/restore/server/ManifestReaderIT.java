package io.statehub.sidecar.drill.restore.server;

import static io.statehub.sidecar.drill.restore.server.TwinDatabases.ONE;
import static io.statehub.sidecar.drill.restore.server.TwinDatabases.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.drill.restore.ComparisonOutcome;
import io.statehub.sidecar.drill.restore.ComparisonResult;
import io.statehub.sidecar.drill.restore.Difference;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.ManifestJson;
import io.statehub.sidecar.drill.restore.TableRows;
import io.statehub.sidecar.drill.restore.TableState;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.testing.lab.SharedLab;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What is read of a real server: the same where nothing differs, whatever else does, and each difference by its name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class ManifestReaderIT {

    private PostgresLab lab;
    private TwinDatabases twins;

    @BeforeAll
    void start() {
        lab = SharedLab.asNew();
        twins = new TwinDatabases(lab);
    }

    /**
     * What a tool may stumble over.
     *
     * @param made in both databases
     * @param changed in the second one alone, afterwards
     * @param found what must be said of it
     */
    private record Case(String what, String made, String changed, String found) {}

    private static Case of(String what, String made, String changed, String found) {
        return new Case(what, made, changed, found);
    }

    private static final List<Case> CASES = List.of(
            of(
                    "quoted and upper-case names",
                    "CREATE SCHEMA \"My Schema\"; CREATE TABLE \"My Schema\".\"Order's \"\"Table\"\"\" (\"ID\" int"
                            + " PRIMARY KEY,"
                            + " \"select\" text, x text, \"ORDER BY\" int); INSERT INTO \"My Schema\".\"Order's"
                            + " \"\"Table\"\"\""
                            + " VALUES (1, 'a', 'b', 2)",
                    "UPDATE \"My Schema\".\"Order's \"\"Table\"\"\" SET \"select\" = 'b', x = 'a'",
                    "table \"My Schema\".\"Order's \"\"Table\"\"\": 1 rows as expected, but their content differs;"),
            of(
                    "a deleted row",
                    "CREATE TABLE deleted_row (id int PRIMARY KEY, v text); INSERT INTO deleted_row SELECT g, 'v'"
                            + " || g FROM"
                            + " generate_series(1, 10) g",
                    "DELETE FROM deleted_row WHERE id = 7",
                    "table public.deleted_row: 9 rows, expected 10: 1 fewer; of 10 recorded rows 9 are as they"
                            + " were, 1 missing, 0"
                            + " changed; first keys: missing id=7"),
            of(
                    "a value that moved to the next column",
                    "CREATE TABLE moved (id int PRIMARY KEY, a text, b text); INSERT INTO moved VALUES (1, 'xy', 'z')",
                    "UPDATE moved SET a = 'x', b = 'yz'",
                    "table public.moved: 1 rows as expected, but their content differs; of 1 recorded rows 0 are as"
                            + " they were, 0"
                            + " missing, 1 changed; first keys: changed id=1"),
            of(
                    "NULL and an empty text",
                    "CREATE TABLE empties (id int PRIMARY KEY, a text); INSERT INTO empties VALUES (1, NULL), (2, '')",
                    "UPDATE empties SET a = '' WHERE id = 1",
                    "table public.empties: 2 rows as expected, but their content differs"),
            of(
                    "equal rows without a key",
                    "CREATE TABLE equal_rows (a int); INSERT INTO equal_rows VALUES (1), (1), (2)",
                    "DELETE FROM equal_rows; INSERT INTO equal_rows VALUES (1), (2), (2)",
                    "table public.equal_rows: 3 rows as expected, but their content differs; rows can't be named"),
            of(
                    "values that changed places with those of another row",
                    "CREATE TABLE places (a int, b text, c numeric); INSERT INTO places VALUES (1, 'x', 1.5), (2, 'y',"
                            + " 2.5), (3, 'z', 3.5)",
                    "DELETE FROM places; INSERT INTO places VALUES (2, 'x', 1.5), (1, 'y', 2.5), (3, 'z', 3.5)",
                    "table public.places: 3 rows as expected, but their content differs"),
            of(
                    "other values that changed places with those of another row",
                    "CREATE TABLE seats (a int, b text, c numeric); INSERT INTO seats VALUES (1, 'x', 1.5), (2, 'y',"
                            + " 2.5), (3, 'z', 3.5)",
                    "DELETE FROM seats; INSERT INTO seats VALUES (1, 'x', 2.5), (2, 'y', 1.5), (3, 'z', 3.5)",
                    "table public.seats: 3 rows as expected, but their content differs"),
            of(
                    "numbers and NULLs that changed places in a row",
                    "CREATE TABLE slots (id int PRIMARY KEY, a int, b int, c text, d text); INSERT INTO slots VALUES"
                            + " (1, NULL, 5, NULL, 'x'), (2, 5, 6, 'x', 'y')",
                    "UPDATE slots SET a = b, b = a, c = d, d = c",
                    "table public.slots: 2 rows as expected, but their content differs; of 2 recorded rows 0 are as"
                            + " they were, 0 missing, 2 changed; first keys: changed id=1"),
            of(
                    "a long text",
                    "CREATE TABLE long_text (id int PRIMARY KEY, t text); INSERT INTO long_text VALUES (1, repeat('a',"
                            + " 300000))",
                    "UPDATE long_text SET t = overlay(t placing 'b' from 299999)",
                    "table public.long_text: 1 rows as expected, but their content differs"),
            of(
                    "partitions",
                    "CREATE TABLE parted (id int, k text, PRIMARY KEY (id, k)) PARTITION BY LIST (k); CREATE TABLE"
                            + " parted_a PARTITION"
                            + " OF parted FOR VALUES IN ('a'); CREATE TABLE parted_b PARTITION OF parted DEFAULT;"
                            + " INSERT INTO parted"
                            + " SELECT g, CASE WHEN g % 2 = 0 THEN 'a' ELSE 'b' END FROM generate_series(1, 20) g",
                    "DELETE FROM parted WHERE id = 4",
                    "table public.parted_a: 9 rows, expected 10: 1 fewer; of 10 recorded rows 9 are as they were, 1"
                            + " missing, 0"
                            + " changed; first keys: missing id=4 k=a"),
            of(
                    "inheritance",
                    "CREATE TABLE parent (id int, v text); CREATE TABLE child (more text) INHERITS (parent); INSERT"
                            + " INTO parent"
                            + " VALUES (1, 'p'); INSERT INTO child VALUES (2, 'c', 'm')",
                    "DELETE FROM ONLY parent",
                    "table public.parent: 0 rows, expected 1: 1 fewer"),
            of(
                    "generated and identity columns",
                    "CREATE TABLE generated (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int, b int"
                            + " GENERATED ALWAYS AS (a"
                            + " * 2) STORED); INSERT INTO generated (a) VALUES (1), (2)",
                    "ALTER TABLE generated ALTER id SET GENERATED BY DEFAULT",
                    "column public.generated.id: is 'bigint not null identity by default', expected 'bigint not"
                            + " null identity"
                            + " always'"),
            of(
                    "jsonb, bytea, arrays, ranges, enums, domains and composite types",
                    "CREATE TYPE mood AS ENUM ('sad', 'ok', 'Hap''py'); CREATE DOMAIN positive AS int CHECK (VALUE"
                            + " > 0); CREATE TYPE"
                            + " pair AS (a int, b text); CREATE TABLE kinds (id positive PRIMARY KEY, j jsonb, js"
                            + " json, b bytea, a"
                            + " text[], r int4range, mr int8multirange, m mood, p pair, pa pair[], x xml, mo money,"
                            + " bi bit(3), i"
                            + " interval, u uuid, n numeric, c char(5), net cidr, po point, o oid, rc regclass, ts"
                            + " tsvector);"
                            + " INSERT INTO kinds VALUES (1, '{\"b\":1,\"a\":[1,null]}', '{\"b\" : 1}',"
                            + " '\\x00ff5c', '{\"a,b\",NULL,\"\"}',"
                            + " '[1,5)', '{[1,2),[5,9)}', 'Hap''py', '(1,\"a,b\")', '{\"(1,x)\"}', '<a>1</a>',"
                            + " 12.5, '101', '1 day -2"
                            + " hours', '00000000-0000-0000-0000-000000000001', 1.500, 'ab', '10.0.0.0/8', '(1,2)', 42,"
                            + " 'pg_class', 'a fat cat')",
                    "UPDATE kinds SET n = 1.5",
                    "table public.kinds: 1 rows as expected, but their content differs; of 1 recorded rows 0 are as"
                            + " they were, 0"
                            + " missing, 1 changed; first keys: changed id=1"),
            of(
                    "an enum's labels",
                    "CREATE TYPE colour AS ENUM ('red', 'green')",
                    "ALTER TYPE colour ADD VALUE 'blue'",
                    "type public.colour: is 'enum ('red', 'green', 'blue')', expected 'enum ('red', 'green')'"),
            of(
                    "NaN, infinity and floats to the last bit",
                    "CREATE TABLE numbers (id int PRIMARY KEY, f float8, n numeric, d date, t timestamptz); INSERT"
                            + " INTO numbers VALUES"
                            + " (1, 'NaN', 'NaN', 'infinity', '-infinity'), (2, '-Infinity', 'Infinity',"
                            + " '0044-03-15 BC', now()),"
                            + " (3, 0.1::float8 + 0.2::float8, 0.30, '2024-02-29', '2024-10-27 01:30:00+00'), (4,"
                            + " '-0', 0, NULL,"
                            + " NULL); UPDATE numbers SET t = '2024-01-01 00:00:00.000001+00' WHERE id = 2",
                    "UPDATE numbers SET f = 0.3 WHERE id = 3",
                    "table public.numbers: 4 rows as expected, but their content differs; of 4 recorded rows 3 are"
                            + " as they were, 0"
                            + " missing, 1 changed; first keys: changed id=3"),
            of(
                    "times with zones",
                    "CREATE TABLE times (at timestamptz PRIMARY KEY, tz timetz, i interval); INSERT INTO times"
                            + " VALUES ('2024-03-31"
                            + " 02:30:00+02', '10:00:00+05:45', '1 year 2 mons -3 days 04:05:06')",
                    "UPDATE times SET at = at + interval '1 microsecond'",
                    "table public.times: 1 rows as expected, but their content differs; of 1 recorded rows 0 are as"
                            + " they were, 1"
                            + " missing, 0 changed, and 1 not expected; first keys: missing at=2024-03-31"
                            + " 00:30:00+00, not expected"
                            + " at=2024-03-31 00:30:00.000001+00"),
            of(
                    "1,600 columns",
                    "CREATE TABLE wide (" + columns(1600) + "); INSERT INTO wide (c1, c1600) VALUES (1, 2)",
                    "UPDATE wide SET c1600 = NULL, c1599 = 2",
                    "table public.wide: 1 rows as expected, but their content differs"),
            of(
                    "no columns",
                    "CREATE TABLE nothing (); INSERT INTO nothing DEFAULT VALUES; INSERT INTO nothing DEFAULT VALUES",
                    "INSERT INTO nothing DEFAULT VALUES",
                    "table public.nothing: 3 rows, expected 2: 1 more"),
            of(
                    "zero rows",
                    "CREATE TABLE empty_table (id int PRIMARY KEY)",
                    "INSERT INTO empty_table VALUES (1)",
                    "table public.empty_table: 1 rows, expected 0: 1 more; of 0 recorded rows 0 are as they were, 0"
                            + " missing, 0"
                            + " changed, and 1 not expected; first keys: not expected id=1"),
            of(
                    "non-ASCII",
                    "CREATE TABLE words (id text PRIMARY KEY, v text); INSERT INTO words VALUES ('ключ', 'naïve 😀"
                            + " café')",
                    "UPDATE words SET v = 'naïve 😀 cafe\u0301'",
                    "table public.words: 1 rows as expected, but their content differs; of 1 recorded rows 0 are as"
                            + " they were, 0"
                            + " missing, 1 changed; first keys: changed id=ключ"),
            of(
                    "unlogged",
                    "CREATE UNLOGGED TABLE fleeting (id int PRIMARY KEY); INSERT INTO fleeting VALUES (1)",
                    "ALTER TABLE fleeting SET LOGGED",
                    "table public.fleeting: is 'columns id', expected 'unlogged; columns id'"),
            of(
                    "long values",
                    "CREATE TABLE long_values (id int PRIMARY KEY, b bytea, t text); INSERT INTO long_values VALUES (1,"
                            + " decode(repeat('00ff', 100000), 'hex'), repeat('é', 100000))",
                    "UPDATE long_values SET b = set_byte(b, 199999, 1)",
                    "table public.long_values: 1 rows as expected, but their content differs"),
            of(
                    "a missing table",
                    "CREATE TABLE missing_table (id int PRIMARY KEY, v text); INSERT INTO missing_table VALUES (1,"
                            + " 'a')",
                    "DROP TABLE missing_table",
                    "table public.missing_table: is missing; expected with 1 rows"),
            of(
                    "a table that is there besides",
                    "CREATE SCHEMA besides",
                    "CREATE TABLE besides.more (id int)",
                    "table besides.more: is there, and is not in the manifest, with 0 rows"),
            of(
                    "a changed column type",
                    "CREATE TABLE retyped (id int PRIMARY KEY, v int); INSERT INTO retyped VALUES (1, 2)",
                    "ALTER TABLE retyped ALTER v TYPE bigint",
                    "column public.retyped.v: is 'bigint', expected 'integer'"),
            of(
                    "a missing index",
                    "CREATE TABLE indexed (id int PRIMARY KEY, v text); CREATE INDEX by_v ON indexed (lower(v))"
                            + " WHERE id > 1",
                    "DROP INDEX by_v",
                    "index public.indexed.by_v: is missing; expected: CREATE INDEX by_v ON public.indexed USING"
                            + " btree (lower(v))"
                            + " WHERE (id > 1)"),
            of(
                    "a constraint",
                    "CREATE TABLE constrained (id int PRIMARY KEY, v int CONSTRAINT small CHECK (v < 10))",
                    "ALTER TABLE constrained DROP CONSTRAINT small",
                    "constraint public.constrained.small: is missing; expected: CHECK ((v < 10))"),
            of(
                    "a foreign key that was not validated",
                    "CREATE TABLE referred (id int PRIMARY KEY); CREATE TABLE referring (id int CONSTRAINT fk"
                            + " REFERENCES referred)",
                    "ALTER TABLE referring DROP CONSTRAINT fk; ALTER TABLE referring ADD CONSTRAINT fk FOREIGN KEY"
                            + " (id) REFERENCES"
                            + " referred NOT VALID",
                    "constraint public.referring.fk: is 'FOREIGN KEY (id) REFERENCES public.referred(id) NOT VALID"),
            of(
                    "a default",
                    "CREATE TABLE defaults (id int DEFAULT 1, at timestamptz DEFAULT '2024-01-01 00:00:00+00')",
                    "ALTER TABLE defaults ALTER id DROP DEFAULT",
                    "column public.defaults.id: is 'integer', expected 'integer default 1'"),
            of(
                    "a sequence behind",
                    "CREATE SEQUENCE counter; SELECT setval('counter', 10)",
                    "SELECT setval('public.counter', 5)",
                    "sequence public.counter: is behind: 5, expected 10; it will give values that were given before"),
            of(
                    "a view",
                    "CREATE TABLE viewed (id int, v text); CREATE VIEW seen AS SELECT id FROM viewed",
                    "CREATE OR REPLACE VIEW public.seen AS SELECT id FROM public.viewed WHERE id > 1",
                    "view public.seen: is 'columns id; "),
            of(
                    "a trigger and its function",
                    "CREATE TABLE triggered (id int); CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN RETURN"
                            + " NEW; END $$; CREATE TRIGGER touch BEFORE INSERT ON triggered FOR EACH ROW EXECUTE"
                            + " FUNCTION touched()",
                    "ALTER TABLE triggered DISABLE TRIGGER touch",
                    "trigger public.triggered.touch: is '"),
            of(
                    "rights",
                    "CREATE TABLE granted (id int, v text); GRANT SELECT ON granted TO sidecar; GRANT UPDATE (v) ON"
                            + " granted TO sidecar",
                    "REVOKE SELECT ON granted FROM sidecar",
                    "grants public.granted: is 'owner postgres"),
            of(
                    "a policy",
                    "CREATE TABLE policed (id int, who text); ALTER TABLE policed ENABLE ROW LEVEL SECURITY; CREATE"
                            + " POLICY mine ON"
                            + " policed USING (who = current_user)",
                    "ALTER TABLE policed DISABLE ROW LEVEL SECURITY",
                    "table public.policed: is 'columns id, who', expected 'columns id, who; row-level security'"),
            of(
                    "partitions of partitions, one of them with its columns in another order",
                    "CREATE TABLE whole (k int, d date, v text, PRIMARY KEY (k, d)) PARTITION BY RANGE (d);"
                            + " CREATE TABLE whole_1 PARTITION OF whole FOR VALUES FROM ('2024-01-01') TO"
                            + " ('2025-01-01')"
                            + " PARTITION BY HASH (k); CREATE TABLE whole_1_0 PARTITION OF whole_1 FOR VALUES WITH"
                            + " (MODULUS 2, REMAINDER 0); CREATE TABLE whole_1_1 (v text, d date NOT NULL, k int NOT"
                            + " NULL); ALTER TABLE whole_1 ATTACH PARTITION whole_1_1 FOR VALUES WITH (MODULUS 2,"
                            + " REMAINDER 1); INSERT INTO whole SELECT g, '2024-06-01', 'v' || g FROM"
                            + " generate_series(1, 40) g",
                    "ALTER TABLE whole_1 DETACH PARTITION whole_1_1",
                    "table public.whole_1_1: is 'columns v, d, k', expected 'partition FOR VALUES WITH"),
            of(
                    "names with a newline, a percent sign, a backslash, a dot and an apostrophe",
                    "CREATE TABLE \"a.b %s \\ ' \nc\" (id int PRIMARY KEY, \"x.y %d \\ ' \nz\" text); INSERT INTO"
                            + " \"a.b %s \\ ' \nc\" VALUES (1, 'a')",
                    "UPDATE \"a.b %s \\ ' \nc\" SET \"x.y %d \\ ' \nz\" = 'b'",
                    "table public.\"a.b %s \\ ' \nc\": 1 rows as expected, but their content differs"),
            of(
                    "a column that was dropped",
                    "CREATE TABLE dropped (a int, b text, c int); ALTER TABLE dropped DROP COLUMN b; INSERT INTO"
                            + " dropped VALUES (1, 2)",
                    "UPDATE dropped SET a = 2, c = 1",
                    "table public.dropped: 1 rows as expected, but their content differs"),
            of(
                    "a composite that is NULL, and one of which all is",
                    "CREATE TYPE twosome AS (a int, b text); CREATE TABLE nulls (id int PRIMARY KEY, p twosome); INSERT"
                            + " INTO nulls VALUES (1, NULL), (2, ROW(NULL, NULL)::twosome)",
                    "UPDATE nulls SET p = ROW(NULL, NULL)::twosome WHERE id = 1",
                    "table public.nulls: 2 rows as expected, but their content differs"),
            of(
                    "arrays with other bounds, and of more dimensions",
                    "CREATE TABLE bounds (id int PRIMARY KEY, a int[]); INSERT INTO bounds VALUES (1, '{1,2}'), (2,"
                            + " '{{1,2},{3,4}}')",
                    "UPDATE bounds SET a = '[0:1]={1,2}' WHERE id = 1",
                    "table public.bounds: 2 rows as expected, but their content differs"),
            of(
                    "intervals of the same length",
                    "CREATE TABLE spans (id int PRIMARY KEY, i interval); INSERT INTO spans VALUES (1, '1 day')",
                    "UPDATE spans SET i = '24 hours'",
                    "table public.spans: 1 rows as expected, but their content differs"),
            of(
                    "an exclusion constraint",
                    "CREATE TABLE excluded (r int4range, CONSTRAINT apart EXCLUDE USING gist (r WITH &&)); INSERT INTO"
                            + " excluded VALUES ('[1,5)')",
                    "ALTER TABLE excluded DROP CONSTRAINT apart",
                    "constraint public.excluded.apart: is missing; expected: EXCLUDE USING gist (r WITH &&)"),
            of(
                    "large objects",
                    "SELECT lo_from_bytea(4711, 'hello'), lo_from_bytea(4712, 'world')",
                    "SELECT lo_put(4712, 0, 'W')",
                    "table large objects: 2 rows as expected, but their content differs"));

    private static String columns(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
    }

    @Test
    void databasesThatHoldTheSameAreTheSameAndEachDifferenceIsNamed() throws SQLException, InterruptedException {
        twins.create();
        for (Case each : CASES) {
            for (String database : List.of(ONE, OTHER)) {
                twins.in(
                        database,
                        "SET search_path = public; SET DateStyle = 'ISO, YMD'; SET TimeZone = 'UTC'; "
                                + "SET IntervalStyle = 'postgres'; " + each.made());
            }
        }

        ComparisonResult same = twins.compared();
        assertThat(same.differences()).isEmpty();
        assertThat(same.undecided()).isEmpty();
        assertThat(same.allowed()).isEmpty();
        assertThat(same.outcome()).isEqualTo(ComparisonOutcome.SAME);
        assertThat(same.rowsCompared()).isGreaterThan(50);

        for (Case each : CASES) {
            twins.in(OTHER, "SET search_path = public; " + each.changed());
        }
        List<String> differences = twins.compared().differences().stream()
                .map(Difference::toString)
                .toList();
        for (Case each : CASES) {
            assertThat(differences).as(each.what()).anyMatch(line -> line.startsWith(each.found()));
        }
    }

    @Test
    void whatCannotBeSeenIsSaidAndTheRestIsReadAllTheSame() throws Exception {
        twins.create();
        twins.in(
                ONE,
                "CREATE TABLE free (id int PRIMARY KEY); INSERT INTO free VALUES (1);"
                        + " CREATE TABLE locked (id int PRIMARY KEY, v int DEFAULT 3);"
                        + " CREATE TABLE hidden (id int PRIMARY KEY, who text); ALTER TABLE hidden ENABLE ROW LEVEL"
                        + " SECURITY;"
                        + " CREATE POLICY mine ON hidden USING (who = current_user);"
                        + " CREATE TABLE forbidden (id int); CREATE SCHEMA closed; CREATE TABLE closed.inner (id int);"
                        + " CREATE UNLOGGED TABLE fleeting (id int); CREATE VIEW seen AS SELECT id FROM free;"
                        + " CREATE MATERIALIZED VIEW kept AS SELECT id FROM free;"
                        + " CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER far FOREIGN DATA WRAPPER nowhere;"
                        + " CREATE FOREIGN TABLE abroad (id int) SERVER far;"
                        + " GRANT SELECT ON free, locked, hidden, fleeting TO sidecar; GRANT SELECT ON closed.inner"
                        + " TO sidecar");
        LongLogins sidecar = twins.logins(ONE, LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD);
        try (Connection holder = twins.logins(ONE, LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD)
                        .open();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");

            Manifest manifest = twins.manifest(sidecar, TwinDatabases.limits(10), Optional.empty());

            assertThat(manifest.complete()).isFalse();
            assertThat(rows(manifest, "public.free")).isInstanceOf(TableRows.Read.class);
            assertThat(unread(manifest, "public.locked"))
                    .startsWith("timed out waiting for its lock: somebody holds it exclusively");
            assertThat(unread(manifest, "public.hidden"))
                    .isEqualTo("row-level security hides rows from role sidecar: to see all, read as a role with"
                            + " BYPASSRLS");
            assertThat(unread(manifest, "public.forbidden")).startsWith("role sidecar has no right to read it");
            assertThat(unread(manifest, "closed.\"inner\"")).startsWith("role sidecar has no right to read it");
            assertThat(skipped(manifest, "public.seen")).startsWith("view");
            assertThat(skipped(manifest, "public.kept")).startsWith("materialized view");
            assertThat(skipped(manifest, "public.abroad")).startsWith("foreign table");
            assertThat(rows(manifest, "public.fleeting")).isInstanceOf(TableRows.Read.class);
            assertThat(twins.notes()).anyMatch(note -> note.startsWith("table public.locked could not be read"));
            assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
        }
    }

    @Test
    void aStandbyGivesTheSameManifestApartFromWhatItDoesNotHave() throws Exception {
        twins.create();
        twins.in(
                ONE,
                "CREATE TABLE plain (id int PRIMARY KEY, v text); INSERT INTO plain SELECT g, 'v' || g FROM"
                        + " generate_series(1, 5000) g; CREATE UNLOGGED TABLE fleeting (id int); INSERT INTO"
                        + " fleeting VALUES (1)");
        Manifest primary = twins.manifest(ONE);
        PostgresServer standby = lab.members().get(1).server();
        String written =
                lab.primary().server().query("SELECT pg_current_wal_lsn()").orElseThrow();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> standby.query("SELECT pg_last_wal_replay_lsn() >= '" + written + "'")
                        .orElseThrow()
                        .equals("t"));

        LongLogins logins = twins.logins(standby, ONE, LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD);
        Manifest manifest = twins.manifest(logins, TwinDatabases.limits(100), Optional.empty());

        assertThat(manifest.origin().standby()).isTrue();
        assertThat(manifest.origin().systemIdentifier())
                .isEqualTo(primary.origin().systemIdentifier());
        assertThat(manifest.origin().timeline()).isEqualTo(primary.origin().timeline());
        assertThat(rows(manifest, "public.plain")).isEqualTo(rows(primary, "public.plain"));
        assertThat(skipped(manifest, "public.fleeting")).isEqualTo("unlogged: a standby has no rows of it");
        assertThat(manifest.objects()).isEqualTo(primary.objects());
    }

    @Test
    void theDigestDependsNeitherOnOrderNorOnLayoutNorOnHowManyRead() throws Exception {
        twins.create();
        twins.inBoth("CREATE TABLE public.shuffled (id int PRIMARY KEY, v text)");
        twins.in(ONE, "INSERT INTO shuffled SELECT g, md5(g::text) FROM generate_series(1, 30000) g");
        twins.in(
                OTHER,
                "INSERT INTO public.shuffled SELECT g, 'x' FROM generate_series(1, 31000) g ORDER BY md5(g::text);"
                        + " UPDATE public.shuffled SET v = md5(id::text); DELETE FROM public.shuffled WHERE id >"
                        + " 30000");

        ComparisonResult result = twins.compared();

        assertThat(result.differences()).isEmpty();
        assertThat(result.rowsCompared()).isEqualTo(30_000);
        assertThat(result.recordsCompared()).isEqualTo(100);

        twins.in(OTHER, "UPDATE public.shuffled SET v = 'x' WHERE id = 12345");
        assertThat(twins.compared().differences())
                .extracting(Difference::toString)
                .singleElement()
                .asString()
                .startsWith("table public.shuffled: 30000 rows as expected, but their content differs; of 100 recorded"
                        + " rows");
        ReadingLimits small =
                new ReadingLimits(3, OptionalLong.of(100 << 20), Duration.ofMinutes(1), Duration.ofSeconds(1), 1, 10);
        LongLogins one = twins.logins(ONE, LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD);
        TableRows.Read all = (TableRows.Read) rows(twins.manifest(ONE), "public.shuffled");
        TableRows.Read again = (TableRows.Read) rows(twins.manifest(one, small, Optional.empty()), "public.shuffled");
        assertThat(again.digest()).isEqualTo(all.digest());
        assertThat(again.records().records()).hasSize(10);
    }

    /** The text of a row would have 400 MB; the server makes neither that nor more than one copy of the value. */
    @Test
    @Tag("tooling")
    void aRowOfTwoHundredMegabytesIsRead() throws Exception {
        twins.create();
        twins.inBoth("CREATE TABLE public.huge (id int PRIMARY KEY, b bytea)");
        for (String database : List.of(ONE, OTHER)) {
            twins.in(database, "INSERT INTO public.huge SELECT 1, decode(repeat(md5('1'), 13107200), 'hex')");
        }
        assertThat(twins.compared().outcome()).isEqualTo(ComparisonOutcome.SAME);

        twins.in(OTHER, "UPDATE public.huge SET b = set_byte(b, 209715199, 0)");
        assertThat(twins.compared().differences())
                .extracting(Difference::toString)
                .singleElement()
                .asString()
                .endsWith("first keys: changed id=1");
    }

    private static TableRows rows(Manifest manifest, String table) {
        return manifest.tables().stream()
                .filter(it -> it.name().equals(table))
                .map(TableState::rows)
                .findFirst()
                .orElseThrow();
    }

    private static String unread(Manifest manifest, String table) {
        return ((TableRows.Unread) rows(manifest, table)).reason();
    }

    private static String skipped(Manifest manifest, String table) {
        return ((TableRows.Skipped) rows(manifest, table)).reason();
    }
}

package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The command that makes the schema, as the packaged sidecar does it, and the beats that are then written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class MigrateIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private PostgresLab lab;

    private record Ended(int code, String output, List<String> errors) {}

    @BeforeAll
    void startLab() {
        lab = SharedLab.asNew();
    }

    /** As the owner of the database, who may make a schema there; with the settings of the manifests' Job. */
    private Map<String, String> environment(String schema) {
        return new HashMap<>(Map.of(
                "STATEHUB_POSTGRES_URL",
                lab.writeUrl(),
                "STATEHUB_POSTGRES_DISCOVERY",
                "cnpg",
                "STATEHUB_KUBERNETES_CLUSTER",
                "state-hub-db",
                "STATEHUB_POSTGRES_USERNAME",
                LabRoles.APPLICATION,
                "STATEHUB_POSTGRES_PASSWORD",
                LabRoles.APPLICATION_PASSWORD,
                "STATEHUB_HEARTBEAT_SCHEMA",
                schema,
                "STATEHUB_HEARTBEAT_ROLE",
                LabRoles.SIDECAR));
    }

    private static Ended ended(Map<String, String> environment, int port, String... arguments) {
        try (SidecarProcess process = SidecarProcess.command(environment, port, arguments)) {
            int code = process.awaitExit(DEADLINE).code();
            return new Ended(code, process.output(), process.errorLines());
        }
    }

    private static Ended ended(Map<String, String> environment, String... arguments) {
        return ended(environment, FreePorts.next(), arguments);
    }

    private String value(String sql) {
        return lab.primary().server().queryIn(LabRoles.DATABASE, sql).orElseThrow();
    }

    @Test
    void theSchemaIsMadeOnceAndThenTheSidecarWritesBeats() {
        Ended first = ended(environment("migrated"), "migrate");
        Ended second = ended(environment("migrated"), "migrate");

        assertThat(first.errors()).isEmpty();
        assertThat(first.output())
                .isEqualTo("created schema migrated in database statehub, version 1, written by role sidecar");
        assertThat(first.code()).isZero();
        assertThat(second.output())
                .isEqualTo("renewed the grants of schema migrated in database statehub, version 1, written by role"
                        + " sidecar");
        assertThat(second.code()).isZero();

        Map<String, String> watching = environment("migrated");
        watching.remove("STATEHUB_POSTGRES_DISCOVERY");
        watching.put("STATEHUB_POSTGRES_MEMBERS", lab.membersSetting());
        watching.put("STATEHUB_POSTGRES_USERNAME", LabRoles.SIDECAR);
        watching.put("STATEHUB_POSTGRES_PASSWORD", LabRoles.SIDECAR_PASSWORD);
        watching.put("STATEHUB_HEARTBEAT_INTERVAL", "200ms");
        watching.put("STATEHUB_HEARTBEAT_TIMEOUT", "200ms");
        watching.put("HOSTNAME", "pod-1");
        try (SidecarProcess sidecar = SidecarProcess.start(watching)) {
            sidecar.awaitLive(DEADLINE);
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(value("SELECT coalesce(max(sequence), 0) > 3 FROM migrated.writer"
                                    + " WHERE writer = 'pod-1' AND length(run) = 16"))
                            .isEqualTo("t"));
        }
    }

    @Test
    void theRoleOfTheManifestsCanBeMadeAndMayWhatItShould() throws IOException {
        lab.primary()
                .server()
                .executeIn(LabRoles.DATABASE, Files.readString(Path.of("src/main/kubernetes/sql/role.sql")));

        assertThat(value("SELECT pg_has_role('state_hub_sidecar', 'pg_monitor', 'usage')"))
                .isEqualTo("t");
        assertThat(value("SELECT has_function_privilege('state_hub_sidecar',"
                        + " 'pg_read_file(text,bigint,bigint,boolean)', 'EXECUTE')"))
                .isEqualTo("t");
        assertThat(value("SELECT rolsuper OR rolcreaterole OR rolreplication FROM pg_roles"
                        + " WHERE rolname = 'state_hub_sidecar'"))
                .isEqualTo("f");
    }

    @Test
    void aCommandNeedsNoPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ended(environment("without_port"), taken.getLocalPort(), "migrate")
                            .code())
                    .isZero();
        }
    }

    @Test
    void aSchemaOfAnotherVersionIsNotTouched() {
        lab.primary().server().executeIn(LabRoles.DATABASE, """
                        CREATE SCHEMA later AUTHORIZATION statehub;
                        CREATE TABLE later.schema_version (version int); INSERT INTO later.schema_version VALUES (7);
                        ALTER TABLE later.schema_version OWNER TO statehub""");

        Ended ended = ended(environment("later"), "migrate");

        assertThat(ended.errors())
                .singleElement()
                .asString()
                .endsWith("(schema later is of version 7, this release needs version 1)");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(value("SELECT count(*) FROM pg_tables WHERE schemaname = 'later'"))
                .isEqualTo("1");
    }

    @Test
    void aWrongPasswordOrAMissingRightIsToldInOneLineAndChangesNothing() {
        Map<String, String> wrong = environment("never");
        wrong.put("STATEHUB_POSTGRES_PASSWORD", "wrong");
        Ended rejected = ended(wrong, "migrate");
        assertThat(rejected.errors())
                .singleElement()
                .asString()
                .startsWith("can't make schema never as role statehub on 127.0.0.1:")
                .contains("password authentication failed");
        assertThat(rejected.code()).isEqualTo(1);

        Map<String, String> unable = environment("never");
        unable.put("STATEHUB_POSTGRES_USERNAME", LabRoles.SIDECAR);
        unable.put("STATEHUB_POSTGRES_PASSWORD", LabRoles.SIDECAR_PASSWORD);
        Ended denied = ended(unable, "migrate");
        assertThat(denied.errors()).singleElement().asString().contains("permission denied for database statehub");
        assertThat(denied.code()).isEqualTo(1);
        assertThat(value("SELECT count(*) FROM pg_namespace WHERE nspname = 'never'"))
                .isEqualTo("0");
    }

    @Test
    void theSqlIsPrintedForWhoeverMayRunIt() {
        Ended printed = ended(environment("printed"), "migrate", "--print");

        assertThat(printed.code()).isZero();
        assertThat(printed.errors()).isEmpty();
        lab.primary().server().executeIn(LabRoles.DATABASE, printed.output());
        assertThat(value("SELECT version FROM printed.schema_version")).isEqualTo("1");
    }

    @Test
    void aMistakeInTheSettingsStopsACommandToo() {
        Map<String, String> wrong = environment("never");
        wrong.put("STATEHUB_HEARTBEAT_TIMEOUT", "2s");
        Ended ended = ended(wrong, "migrate");

        assertThat(ended.errors())
                .containsExactly("statehub.heartbeat.timeout: '2s' is not allowed: it must be at most"
                        + " statehub.heartbeat.interval, 1s");
        assertThat(ended.code()).isEqualTo(1);
    }
}

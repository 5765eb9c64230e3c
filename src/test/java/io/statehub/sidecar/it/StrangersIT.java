package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.lab.LabCertificates;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members, roles and certificates that are not as the sidecar expects, on a cluster that is sound and asks for TLS. */
class StrangersIT {

    private static PostgresLab lab;
    private static StandInApi api;
    private static String cluster;

    @BeforeAll
    static void start() {
        lab = SharedLab.asNew();
        api = StandInApi.start(lab.writeUrl());
        lab.offerTls();
        lab.cascade("pg-4", lab.member("pg-2"));
        cluster = lab.membersSetting();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void roleWithoutPgMonitorIsToldAndItsNullsAreNotZeros() {
        Map<String, String> login = Map.of(
                "STATEHUB_POSTGRES_USERNAME", LabRoles.NO_MONITOR,
                "STATEHUB_POSTGRES_PASSWORD", LabRoles.NO_MONITOR_PASSWORD);
        try (WatchedSidecar sidecar = watch(login)) {
            sidecar.awaitFinding("no_permission", "pg-2");
            sidecar.until(() -> {
                assertThat(sidecar.measured("no_permission", "pg-2"))
                        .startsWith("replication statistics are hidden from our role");
                assertThat(sidecar.metric("statehub_replication_lag_bytes{member=\"pg-2\"}"))
                        .isEmpty();
                assertThat(sidecar.metric("statehub_replication_connected{member=\"pg-2\"}"))
                        .isEmpty();
                assertThat(sidecar.metric("statehub_replication_lag_unknown{member=\"pg-2\",reason=\"no_permission\"}"))
                        .hasValue(1.0);
                assertThat(sidecar.<Integer>ofMember("pg-2", "timeline")).isEmpty();
                assertThat(sidecar.<List<?>>ofMember("pg-1", "senders"))
                        .as("hidden, and not none")
                        .isEmpty();
                assertThat(sidecar.<Integer>ofMember("pg-1", "sendersLeftOut")).isEmpty();
                assertThat(sidecar.status().getString("status.replication")).isEqualTo("UNKNOWN");
                assertThat(sidecar.findings()).doesNotContain("not_redundant cluster", "standby_not_streaming pg-2");
            });
        }
    }

    @Test
    void standbyOfAStandbyIsMeasuredToItsUpstreamAndToThePrimary() {
        try (WatchedSidecar sidecar = watch(Map.of())) {
            sidecar.awaitSteady();
            sidecar.until(() -> {
                assertThat(sidecar.<Integer>ofMember("pg-4", "replication.lagBytes"))
                        .hasValue(0);
                assertThat(sidecar.<Integer>ofMember("pg-4", "replication.behindPrimaryBytes"))
                        .hasValue(0);
                assertThat(sidecar.<String>ofMember("pg-4", "upstream.state")).hasValue("streaming");
            });

            lab.pauseReplay(lab.member("pg-2"));
            lab.writeRows(200);

            // A cascade hands on what it has received, replayed or not: the paused one lags, the one behind it doesn't.
            sidecar.until(() -> {
                assertThat(sidecar.<Integer>ofMember("pg-2", "replication.behindPrimaryBytes"))
                        .hasValueSatisfying(behind -> assertThat(behind).isPositive());
                assertThat(sidecar.<Integer>ofMember("pg-4", "replication.behindPrimaryBytes"))
                        .hasValue(0);
            });
            lab.resumeReplay(lab.member("pg-2"));
        }
    }

    @Test
    void clusterThatFollowsAPrimaryElsewhereIsNamedAndNotAlarmedAt() {
        String members = "pg-2=" + lab.member("pg-2").address() + ",pg-4="
                + lab.member("pg-4").address();
        Map<String, String> designated = Map.of(
                "STATEHUB_POSTGRES_MEMBERS",
                members,
                "STATEHUB_POSTGRES_URL",
                urlOf("pg-2"),
                "STATEHUB_HEARTBEAT_ENABLED",
                "false");
        try (WatchedSidecar sidecar = watch(designated)) {
            sidecar.awaitFinding("follows_outside_primary", "cluster");
            sidecar.until(() -> {
                assertThat(sidecar.findings()).containsExactly("follows_outside_primary cluster");
                assertThat(sidecar.status().getString("verdict")).isEqualTo("UP");
                assertThat(sidecar.<Integer>ofMember("pg-2", "replication.lagBytes"))
                        .hasValue(0);
                assertThat(sidecar.health("ready")).isEqualTo(200);
            });
        }
    }

    private static String urlOf(String member) {
        return "jdbc:postgresql://" + lab.member(member).address() + "/" + LabRoles.DATABASE;
    }

    @Test
    void memberOfAnotherClusterIsFoundAndIsNoSecondPrimary() {
        String members = cluster + ",other=" + lab.stranger("other").address();
        try (WatchedSidecar sidecar = watch(Map.of("STATEHUB_POSTGRES_MEMBERS", members))) {
            sidecar.awaitFinding("wrong_system_identifier", "other");
            sidecar.until(() ->
                    assertThat(sidecar.status().getList("cluster.primaries")).containsExactly("pg-1"));
            assertThat(sidecar.findings()).doesNotContain("two_primaries cluster");
        }
    }

    @Test
    void correctedPasswordFileIsUsedWithoutARestart(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "wrong\n");
        try (WatchedSidecar sidecar = watch(Map.of("STATEHUB_POSTGRES_PASSWORD_FILE", file.toString()))) {
            sidecar.awaitFinding("member_unseen", "pg-1");
            sidecar.awaitFinding("write_endpoint_unseen", "write-endpoint");
            sidecar.until(() -> {
                assertThat(sidecar.measured("member_unseen", "pg-1")).startsWith("login rejected");
                // Our own wrong password says nothing of the database, so it takes no pod out of service.
                assertThat(sidecar.status().getString("status.database")).isEqualTo("UNKNOWN");
                assertThat(sidecar.health("ready")).isEqualTo(200);
            });

            Files.delete(file);
            sidecar.until(
                    () -> assertThat(sidecar.measured("member_unseen", "pg-1")).startsWith("credentials unreadable"));

            Files.writeString(file, LabRoles.SIDECAR_PASSWORD + "\n");
            sidecar.awaitSteady();
        }
    }

    @Test
    void serverIsVerifiedAgainstTheGivenAuthority() {
        Map<String, String> verified = Map.of(
                "STATEHUB_POSTGRES_SSLMODE",
                "verify-full",
                "STATEHUB_POSTGRES_SSLROOTCERT",
                lab.certificates().authority().toString());
        try (WatchedSidecar sidecar = watch(verified)) {
            sidecar.awaitSteady();
        }
    }

    @Test
    void serverOfAnUnknownAuthorityIsRefusedAndTakesNoPodOutOfService(@TempDir Path directory) {
        Path foreign = LabCertificates.createIn(directory).authority();
        Map<String, String> verified =
                Map.of("STATEHUB_POSTGRES_SSLMODE", "verify-full", "STATEHUB_POSTGRES_SSLROOTCERT", foreign.toString());
        try (WatchedSidecar sidecar = watch(verified)) {
            // The first handshakes of a JVM may come too late to be refused.
            sidecar.until(() -> {
                assertThat(sidecar.measured("member_unseen", "pg-1")).startsWith("certificate not trusted");
                assertThat(sidecar.status().getString("status.database")).isEqualTo("UNKNOWN");
                assertThat(sidecar.health("ready")).isEqualTo(200);
            });
        }
    }

    /** Watches the cluster alone, whatever servers the lab holds by now. */
    private static WatchedSidecar watch(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("STATEHUB_POSTGRES_MEMBERS", cluster));
        all.putAll(settings);
        return WatchedSidecar.start(lab, api, all);
    }
}

package io.statehub.sidecar.testing.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class PostgresLabIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    private PostgresLab lab;

    @BeforeAll
    void startLab() {
        lab = PostgresLab.start(LabOptions.defaults());
    }

    @AfterAll
    void stopLab() {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void heal() {
        lab.heal();
    }

    @Test
    void rowsWrittenThroughTheWriteEndpointReachEveryStandby() {
        lab.writeRows(5);
        for (LabMember member : lab.members()) {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(count(member)).isEqualTo(count(lab.primary())));
        }
    }

    @Test
    void killedPrimaryIsReplacedByTheBestStandbyAndHealedIntoAStandby() {
        LabMember old = lab.primary();
        old.server().kill();
        LabMember next = lab.bestStandby().orElseThrow();
        lab.failover(next);
        assertThat(next.server().isInRecovery()).isFalse();
        lab.writeRows(1);
        lab.heal();
        assertThat(old.server().isInRecovery()).isTrue();
        assertThat(lab.primary()).isSameAs(next);
    }

    @Test
    void frozenPrimaryThatThawsAfterAFailoverIsASecondPrimaryUntilItIsHealed() {
        LabMember old = lab.primary();
        old.server().freeze();
        assertThat(old.server().isRunning()).isTrue();
        assertThat(old.server().answers()).isFalse();
        lab.failover(lab.bestStandby().orElseThrow());
        old.server().thaw();
        assertThat(old.server().isInRecovery()).isFalse();
        assertThat(lab.primary().server().isInRecovery()).isFalse();
        old.server().executeIn(LabRoles.DATABASE, "INSERT INTO state_entry (body) VALUES ('lost')");
        lab.heal();
        assertThat(old.server().isInRecovery()).isTrue();
    }

    @Test
    void switchoverSwapsRolesWithoutReseeding() {
        LabMember old = lab.primary();
        LabMember next = lab.bestStandby().orElseThrow();
        lab.switchover(next);
        assertThat(old.server().isInRecovery()).isTrue();
        assertThat(lab.primary()).isSameAs(next);
    }

    @Test
    void stoppedStandbyReturnsWhereItWas() {
        LabMember standby = lab.bestStandby().orElseThrow();
        standby.server().stop();
        lab.writeRows(3);
        standby.server().start();
        Awaitility.await().atMost(SOON).until(() -> count(standby).equals(count(lab.primary())));
    }

    @Test
    void pausedReplayReceivesButDoesNotApply() {
        LabMember standby = lab.bestStandby().orElseThrow();
        lab.pauseReplay(standby);
        lab.writeWal(3 << 20);
        Awaitility.await()
                .atMost(SOON)
                .until(() -> standby.server()
                        .query("SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) > 3000000")
                        .orElseThrow()
                        .equals("t"));
        lab.resumeReplay(standby);
    }

    @Test
    void killLeavesNoProcessBehind() {
        LabMember standby = lab.bestStandby().orElseThrow();
        ProcessHandle postmaster = ProcessHandle.of(standby.server().pid()).orElseThrow();
        List<ProcessHandle> children = postmaster.descendants().toList();
        assertThat(children).isNotEmpty();
        standby.server().kill();
        assertThat(standby.server().isRunning()).isFalse();
        assertThat(FreePorts.isFree(standby.server().port())).isTrue();
    }

    @Test
    void eachRoleSeesWhatItShould() throws SQLException {
        assertThat(firstColumn(LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD)).isNotNull();
        assertThat(firstColumn(LabRoles.NO_MONITOR, LabRoles.NO_MONITOR_PASSWORD))
                .isNull();
    }

    @Test
    void synchronousLabWithTlsCascadeAndStrangerIsGoneAfterClose() throws IOException, SQLException {
        PostgresLab other = PostgresLab.start(
                LabOptions.defaults().withStandbys(1).withSynchronous().withTls());
        try (other) {
            LabMember cascade = other.cascade("pg-c", other.member("pg-2"));
            assertThat(cascade.server().isInRecovery()).isTrue();
            LabMember stranger = other.stranger("pg-x");
            assertThat(systemIdentifier(stranger)).isNotEqualTo(systemIdentifier(other.primary()));
            assertThat(other.primary().server().query("SELECT sync_state FROM pg_stat_replication"))
                    .contains("quorum");
            verifyFullTls(other);
            other.member("pg-2").server().kill();
            other.heal();
            cascade.server().freeze();
        }
        assertThat(Files.exists(other.directory())).isFalse();
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(process -> process.info()
                                .toString()
                                .contains(other.directory().toString()))
                        .toList())
                .isEmpty();
    }

    private static void verifyFullTls(PostgresLab lab) throws SQLException {
        Properties properties = credentials(LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", lab.certificates().authority().toString());
        try (var connection = DriverManager.getConnection(lab.writeUrl(), properties)) {
            assertThat(connection.isValid(2)).isTrue();
        }
    }

    private String firstColumn(String user, String password) throws SQLException {
        try (var connection = DriverManager.getConnection(lab.writeUrl(), credentials(user, password));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT state FROM pg_stat_replication")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Properties credentials(String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "5");
        return properties;
    }

    private static String systemIdentifier(LabMember member) {
        return member.server()
                .query("SELECT system_identifier FROM pg_control_system()")
                .orElseThrow();
    }

    private static String count(LabMember member) {
        return member.server()
                .queryIn(LabRoles.DATABASE, "SELECT count(*) FROM state_entry")
                .orElseThrow();
    }
}

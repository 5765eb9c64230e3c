package io.statehub.sidecar.testing.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.lab.IndependentClient.Outage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("tooling")
@Timeout(600)
class IndependentClientIT {

    private static PostgresLab lab;

    @BeforeAll
    static void startLab() {
        lab = PostgresLab.start(LabOptions.defaults().withStandbys(1));
    }

    @AfterAll
    static void stopLab() {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void heal() {
        lab.heal();
    }

    @Test
    void steadyPrimaryHasNoOutageAndHoldsAllThatItAcknowledged() {
        try (IndependentClient client = IndependentClient.start(lab.writeUrl())) {
            awaitWrites(client, 100);
            assertThat(client.outages(Duration.ZERO)).isEmpty();
            assertThat(client.longestOutage()).isEmpty();
            assertThat(client.acknowledged()).doesNotHaveDuplicates();
            assertThat(client.missingOn(ofPrimary())).isEmpty();
        }
    }

    @Test
    void restartOfThePrimaryIsOneOutageAsLongAsTheRestart() {
        try (IndependentClient client = IndependentClient.start(lab.writeUrl())) {
            client.awaitAcknowledgement();

            long begin = System.nanoTime();
            lab.primary().server().stop();
            lab.primary().server().start();
            client.awaitAcknowledgement();
            Duration restart = Duration.ofNanos(System.nanoTime() - begin);

            List<Outage> outages = client.outages(Duration.ZERO);
            assertThat(outages).hasSize(1);
            Outage outage = outages.get(0);
            assertThat(outage.measured().minus(outage.error())).isLessThan(restart);
            assertThat(outage.error()).isLessThan(outage.measured().plus(Duration.ofMillis(1)));
            assertThat(client.longestOutage()).contains(outage);
            assertThat(client.missingOn(ofPrimary())).isEmpty();
        }
    }

    @Test
    void readOnlyServerIsAnOutageUntilANewConnectionFindsAPrimary() {
        LabMember standby = lab.bestStandby().orElseThrow();
        try (IndependentClient client = IndependentClient.start(lab.writeUrl())) {
            client.awaitAcknowledgement();

            lab.routeTo(standby);
            lab.writeEndpoint().resetConnections();
            Duration routed = Duration.ofMillis(500);
            Waiting.until(routed, () -> false);
            lab.routeTo(lab.primary());
            // The client must leave the standby by itself.
            client.awaitAcknowledgement();

            assertThat(client.longestOutage())
                    .hasValueSatisfying(outage ->
                            assertThat(outage.measured().plus(outage.error())).isGreaterThan(routed));
            assertThat(client.missingOn(ofPrimary())).isEmpty();
        }
    }

    @Test
    void blackHoleCostsEachAttemptItsLimitOnly() {
        try (IndependentClient client = IndependentClient.start(lab.writeUrl())) {
            client.awaitAcknowledgement();

            lab.writeEndpoint().drop();
            Duration dropped = Duration.ofMillis(1500);
            Waiting.until(dropped, () -> false);
            lab.writeEndpoint().pass();
            client.awaitAcknowledgement();

            assertThat(client.longestOutage()).hasValueSatisfying(outage -> {
                assertThat(outage.measured().plus(outage.error())).isGreaterThan(dropped);
                assertThat(outage.error()).isLessThan(Duration.ofMillis(1200));
            });
            assertThat(client.missingOn(ofPrimary())).isEmpty();
        }
    }

    @Test
    void rowsThatOnlyTheKilledPrimaryHadAreMissingOnItsSuccessor() {
        LabMember standby = lab.bestStandby().orElseThrow();
        try (IndependentClient client = IndependentClient.start(lab.writeUrl())) {
            client.awaitAcknowledgement();
            stopReceiver(standby.server());
            List<Long> before = client.acknowledged();
            awaitWrites(client, before.size() + 20);

            lab.primary().server().kill();
            lab.failover(standby);
            standby.server().execute("ALTER SYSTEM RESET primary_conninfo");
            client.awaitAcknowledgement();

            assertThat(client.missingOn(ofPrimary()))
                    .hasSizeGreaterThanOrEqualTo(20)
                    .isSubsetOf(client.acknowledged());
            assertThat(client.outages(Duration.ZERO)).hasSize(1);
        }
    }

    private static void stopReceiver(PostgresServer standby) {
        standby.execute("ALTER SYSTEM SET primary_conninfo = ''");
        standby.reload();
        Waiting.require(
                "no receiver",
                Duration.ofSeconds(10),
                () -> standby.query("SELECT pid FROM pg_stat_wal_receiver").isEmpty(),
                standby::logTail);
    }

    private static void awaitWrites(IndependentClient client, int count) {
        Waiting.require(
                count + " writes",
                Duration.ofSeconds(20),
                () -> client.acknowledged().size() >= count,
                () -> "there are " + client.acknowledged().size());
    }

    private static String ofPrimary() {
        return lab.primary().server().jdbcUrl(LabRoles.DATABASE);
    }
}

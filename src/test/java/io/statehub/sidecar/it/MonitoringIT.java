package io.statehub.sidecar.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.monitoring.Monitored;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import io.statehub.sidecar.testing.prometheus.Alertmanager;
import io.statehub.sidecar.testing.prometheus.Prometheus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ThrowingRunnable;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus with our rules beside two sidecars and a real cluster that fails over. */
@Timeout(600)
class MonitoringIT {

    private static final Logger LOG = Logger.getLogger(MonitoringIT.class);
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /** Fired and is over, or goes on for a quarter of an hour: the alerts that this failover is to bring about. */
    private static final List<String> OVER =
            List.of("StateHubNoPrimary", "StateHubFailoverTooLong", "StateHubMemberDown", "StateHubNotRedundant");

    /** What a failover is not. Whether a scrape came in time is the machine's affair, so sidecars are left out. */
    private static final Set<String> NEVER = Set.of(
            "StateHubSplitBrain",
            "StateHubWritesMisrouted",
            "StateHubNodeNotReady",
            "StateHubVolumeDegraded",
            "StateHubBackupTooOld",
            "StateHubRestoreNotVerified",
            "StateHubHeartbeatNotPermitted",
            "StateHubJournalFailing");

    @TempDir
    Path directory = Path.of("");

    private PostgresLab lab;
    private StandInApi api;
    private KeepingApiServer kubernetes;

    @BeforeEach
    void start() {
        Prometheus.require();
        Alertmanager.require();
        lab = SharedLab.asNew();
        PostgresServer primary = lab.primary().server();
        primary.execute("ALTER SYSTEM SET archive_mode = 'on'");
        primary.execute("ALTER SYSTEM SET archive_command = 'true'");
        primary.stop();
        primary.start();
        primary.execute("SELECT pg_create_physical_replication_slot('spare', true)");
        lab.writeRows(1);
        primary.execute("SELECT pg_switch_wal()");
        api = StandInApi.start(lab.writeUrl());
        kubernetes = new KeepingApiServer();
        FixtureCluster cluster = FixtureCluster.sound(Instant.now());
        lab.members()
                .forEach(member -> cluster.placed(
                        member.name(), "127.0.0.1", member.proxy().port()));
        kubernetes.with(cluster);
    }

    @AfterEach
    void stop() {
        for (AutoCloseable started : new AutoCloseable[] {kubernetes, api}) {
            if (started != null) {
                try {
                    started.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private WatchedSidecar sidecar(String pod) {
        Map<String, String> environment = new HashMap<>(FixtureCluster.environment(kubernetes.url()));
        environment.put("STATEHUB_KUBERNETES_POD", pod);
        environment.put("STATEHUB_HEARTBEAT_WRITER", pod);
        environment.put("STATEHUB_OBJECTIVES_RTO", "2s");
        environment.put(
                "STATEHUB_JOURNAL_DIRECTORY",
                directory.resolve("journal-" + pod).toString());
        return WatchedSidecar.discovering(lab.writeUrl(), api, environment);
    }

    /** The names of the alerts that were in this state at any second since then. */
    private static Set<String> alertsThatWere(String state, Instant begin, Prometheus prometheus) {
        Set<String> names = new TreeSet<>();
        for (Map<String, Object> series :
                prometheus.since(begin, "max by (alertname) (ALERTS{alertstate=\"" + state + "\"})")) {
            names.add(String.valueOf(((Map<?, ?>) requireNonNull(series.get("metric"))).get("alertname")));
        }
        return names;
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
    }

    @Test
    void aFailoverTakesItsAlertsFromPendingToResolvedAndFillsEveryPanel() {
        try (Alertmanager alertmanager = Alertmanager.start(directory.resolve("alertmanager"));
                WatchedSidecar first = sidecar("state-hub-6c5f-a");
                WatchedSidecar second = sidecar("state-hub-6c5f-b");
                Prometheus prometheus = Prometheus.start(
                        directory.resolve("prometheus"),
                        Monitored.rulesThatWaitFor("2s"),
                        Map.of(
                                "state-hub-6c5f-a", first.process().port(),
                                "state-hub-6c5f-b", second.process().port()),
                        Map.of("namespace", FixtureCluster.NAMESPACE, "cluster", FixtureCluster.CLUSTER),
                        alertmanager)) {
            first.awaitSteady();
            second.awaitSteady();
            eventually(() -> assertThat(prometheus.now("count(statehub_build_info) == 2"))
                    .hasSize(1));

            // Until the sidecars were scraped they were absent, and said to be.
            eventually(() -> assertThat(prometheus.now("ALERTS{alertname=\"StateHubSidecarAbsent\"}"))
                    .isEmpty());
            // Only the first primary archives: what is shown of that was seen before it is killed, or never.
            eventually(() -> assertThat(prometheus.now("rate(statehub_archived_segments_total[10s])"))
                    .isNotEmpty());
            Instant begin = Instant.now();

            lab.primary().server().kill();
            eventually(() ->
                    assertThat(alertsThatWere("firing", begin, prometheus)).containsAll(OVER));
            eventually(() -> {
                assertThat(alertmanager.active("StateHubNoPrimary").<String>getList("annotations.summary"))
                        .singleElement()
                        .asString()
                        .contains("No sidecar sees a primary in pg");
                assertThat(alertmanager.active("StateHubNoPrimary").<String>getList("labels.severity"))
                        .containsExactly("critical");
            });
            lab.failover(lab.bestStandby().orElseThrow());
            eventually(() ->
                    assertThat(alertsThatWere("firing", begin, prometheus)).contains("StateHubFailoverHappened"));
            lab.heal();

            eventually(() -> assertThat(prometheus.now("ALERTS{alertname=~\"" + String.join("|", OVER) + "\"}"))
                    .isEmpty());
            eventually(() ->
                    OVER.forEach(alert -> assertThat(alertmanager.active(alert).getList("$"))
                            .as(alert)
                            .isEmpty()));
            first.until(() -> assertThat(first.failovers().getString("state")).isEqualTo("stable"));
            eventually(() -> assertThat(prometheus.now("statehub_last_failover_objective == 1"))
                    .isNotEmpty());
            assertThat(alertsThatWere("pending", begin, prometheus))
                    .as("FailoverTooLong waits for nothing: its bound is a duration")
                    .contains("StateHubNoPrimary", "StateHubMemberDown", "StateHubNotRedundant");
            Set<String> fired = alertsThatWere("firing", begin, prometheus);
            LOG.infof("fired: %s", fired);
            assertThat(fired).doesNotContainAnyElementsOf(NEVER);

            // A rate needs two scrapes of the new primary.
            Monitored.dashboardQueries()
                    .forEach((where, query) -> eventually(() -> assertThat(prometheus.since(begin, query))
                            .as("%s asks %s", where, query)
                            .isNotEmpty()));
        }
    }
}

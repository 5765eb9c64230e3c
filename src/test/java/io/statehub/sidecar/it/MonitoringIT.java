package io.statehub.sidecar.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.monitoring.Monitored;
import io.statehub.sidecar.monitoring.PanelRow;
import io.statehub.sidecar.monitoring.PanelRow.Moment;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.lab.StandInApi;
import io.statehub.sidecar.testing.prometheus.Alertmanager;
import io.statehub.sidecar.testing.prometheus.Notifications;
import io.statehub.sidecar.testing.prometheus.Prometheus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.awaitility.core.ThrowingRunnable;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus with our rules beside two sidecars and a real cluster that fails over. */
@Tag("thorough")
@Timeout(600)
class MonitoringIT {

    private static final Logger LOG = Logger.getLogger(MonitoringIT.class);
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /** The alerts that a killed primary brings about, each for itself; but one of them is a consequence. */
    private static final List<String> OF_A_KILLED_PRIMARY =
            List.of("StateHubNoPrimary", "StateHubMemberDown", "StateHubNotRedundant");

    /** Whom it is about at first; the one that is promoted is called new from then on. */
    private static final Map<String, String> ROLES = Map.of("pg-1", "old", "pg-2", "new", "pg-3", "other");

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
    private FixtureCluster cluster;

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
        cluster = FixtureCluster.sound(Instant.now());
        lab.members()
                .forEach(member -> cluster.placed(
                        member.name(), "127.0.0.1", member.proxy().port()));
        kubernetes.with(cluster);
        lab.members().forEach(member -> member.server().synchronous(true));
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

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(FixtureCluster.environment(kubernetes.url()));
        // A fifteenth of what is the default.
        environment.put("STATEHUB_OBJECTIVES_RTO", "2s");
        // An API on a loaded machine is slow, and nothing here is about that.
        environment.put("STATEHUB_PROBE_INTERVAL", "1s");
        environment.put("STATEHUB_API_LIVENESS_TIMEOUT", "1s");
        environment.put("STATEHUB_API_READINESS_TIMEOUT", "1s");
        return environment;
    }

    private WatchedSidecar sidecar(String pod) {
        Map<String, String> environment = environment();
        environment.put("STATEHUB_KUBERNETES_POD", pod);
        environment.put("STATEHUB_HEARTBEAT_WRITER", pod);
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

    /** Every panel shows what the table says of this moment. */
    private void everyPanelShows(Moment moment, Prometheus prometheus) {
        Map<PanelRow, String> wrong = new LinkedHashMap<>();
        PanelRow.all().forEach(row -> wrong.put(row, row + ": not asked yet"));
        Map<String, String> queries = Monitored.dashboardQueries();
        eventually(() -> {
            UnaryOperator<String> names = names(prometheus);
            for (PanelRow row : List.copyOf(wrong.keySet())) {
                row.mismatch(moment, prometheus.now(requireNonNull(queries.get(row.query()))), names)
                        .ifPresentOrElse(mismatch -> wrong.put(row, mismatch), () -> wrong.remove(row));
            }
            assertThat(wrong.values()).isEmpty();
        });
    }

    /** From the name of a member or a pod to what the table calls it. */
    private UnaryOperator<String> names(Prometheus prometheus) {
        Map<String, String> names = new HashMap<>(ROLES);
        if (lab.primary().name().equals("pg-3")) {
            names.putAll(Map.of("pg-2", "other", "pg-3", "new"));
        }
        prometheus
                .now("statehub_leader")
                .forEach(series -> names.put(
                        String.valueOf(((Map<?, ?>) requireNonNull(series.get("metric"))).get("pod")),
                        ((List<?>) requireNonNull(series.get("value"))).get(1).equals("1") ? "leader" : "follower"));
        return name -> names.getOrDefault(name, name);
    }

    /** What the operator says of the cluster. */
    private void operatorSays(String phase, int ready, String primary) {
        kubernetes.replace(cluster.change("Cluster", FixtureCluster.CLUSTER, it -> {
                    Map<String, Object> status = FixtureCluster.at(it, "status");
                    status.put("phase", phase);
                    status.put("readyInstances", ready);
                    status.put("currentPrimary", primary);
                    status.put("targetPrimary", primary);
                })
                .get("Cluster", FixtureCluster.CLUSTER));
        kubernetes.replace(cluster.change(
                        "Lease",
                        FixtureCluster.CLUSTER,
                        it -> FixtureCluster.at(it, "spec").put("holderIdentity", primary))
                .get("Lease", FixtureCluster.CLUSTER));
    }

    private void assertThatItScrapesUsAndHasOurRules(Prometheus prometheus) {
        Map<String, String> environment = WatchedSidecar.environment(lab.writeUrl(), api, environment());
        // A JVM that starts on a loaded machine takes its time over its first request.
        environment.putAll(Map.of(
                "STATEHUB_PROBE_INTERVAL", "30s",
                "STATEHUB_PROBE_STALE_AFTER", "5m",
                "STATEHUB_API_READINESS_INTERVAL", "30s",
                "STATEHUB_API_LIVENESS_TIMEOUT", "20s",
                "STATEHUB_API_READINESS_TIMEOUT", "20s"));
        try (SidecarProcess command = SidecarProcess.command(
                environment,
                FreePorts.next(),
                "verify",
                "access",
                "--timeout=30",
                "--prometheus=" + prometheus.url())) {
            assertThat(command.awaitExit(DEADLINE).code()).as(command.output()).isZero();
            assertThat(command.output()).contains("sidecars scraped: 2 of pg", "alerts of ours: 37");
        }
    }

    @Test
    void aKilledPrimaryIsOnePageAndEveryPanelShowsWhatIsTrueBeforeItThenAndAfterwards() {
        try (Notifications notifications = new Notifications();
                Alertmanager alertmanager = Alertmanager.start(
                        directory.resolve("alertmanager"), Monitored.quickRoute(notifications.address()));
                WatchedSidecar first = sidecar("state-hub-6c5f-a");
                WatchedSidecar second = sidecar("state-hub-6c5f-b");
                Prometheus prometheus = Prometheus.start(
                        directory.resolve("prometheus"),
                        Monitored.quickRules(),
                        Map.of(
                                "state-hub-6c5f-a", first.process().port(),
                                "state-hub-6c5f-b", second.process().port()),
                        Map.of("namespace", FixtureCluster.NAMESPACE, "cluster", FixtureCluster.CLUSTER),
                        alertmanager)) {
            first.awaitSteady();
            second.awaitSteady();
            everyPanelShows(Moment.STEADY, prometheus);
            assertThatItScrapesUsAndHasOurRules(prometheus);
            assertThat(notifications.arrived()).isEmpty();
            Instant begin = Instant.now();

            lab.primary().server().kill();
            operatorSays("Failing over", 2, "pg-1");
            everyPanelShows(Moment.OUTAGE, prometheus);
            eventually(() -> OF_A_KILLED_PRIMARY.forEach(
                    alert -> assertThat(alertmanager.active(alert).getList("$"))
                            .as(alert)
                            .isNotEmpty()));
            eventually(() -> assertThat(notifications.arrived()).containsExactly("pages: StateHubNoPrimary"));
            assertThat(alertmanager.notified(FixtureCluster.CLUSTER))
                    .as("what it would notify of next, of all that fires")
                    .containsExactly("StateHubNoPrimary");

            LabMember next = lab.bestStandby().orElseThrow();
            lab.failover(next);
            operatorSays("Cluster in healthy state", 3, next.name());
            lab.members().forEach(member -> member.server().synchronous(false));
            lab.heal();
            lab.members().forEach(member -> member.server().synchronous(true));

            everyPanelShows(Moment.AFTER, prometheus);
            eventually(() -> OF_A_KILLED_PRIMARY.forEach(
                    alert -> assertThat(alertmanager.active(alert).getList("$"))
                            .as(alert)
                            .isEmpty()));
            Set<String> fired = alertsThatWere("firing", begin, prometheus);
            LOG.infof("fired: %s", fired);
            assertThat(fired).contains("StateHubFailoverHappened").doesNotContainAnyElementsOf(NEVER);
            assertThat(notifications.arrived()).containsExactly("pages: StateHubNoPrimary");
        }
    }
}

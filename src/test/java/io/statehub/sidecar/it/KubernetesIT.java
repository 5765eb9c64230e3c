package io.statehub.sidecar.it;

import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.testing.lab.ForwardingProxy;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged sidecar beside an API server and a real cluster whose instances that server describes. */
@Timeout(600)
class KubernetesIT {

    private static final Logger LOG = Logger.getLogger(KubernetesIT.class);
    private static final Duration LEASE = Duration.ofSeconds(5);

    private PostgresLab lab;
    private StandInApi api;
    private KeepingApiServer kubernetes;
    private ForwardingProxy path;
    private FixtureCluster cluster;

    @BeforeEach
    void start() {
        lab = SharedLab.asNew();
        api = StandInApi.start(lab.writeUrl());
        kubernetes = new KeepingApiServer();
        path = new ForwardingProxy("api-server", kubernetes.port());
        cluster = FixtureCluster.sound(Instant.now());
        lab.members()
                .forEach(member -> cluster.placed(
                        member.name(), "127.0.0.1", member.proxy().port()));
        kubernetes.with(cluster);
    }

    @AfterEach
    void stop() {
        path.close();
        kubernetes.close();
        api.close();
    }

    private WatchedSidecar sidecar(String pod) {
        Map<String, String> environment = new HashMap<>(FixtureCluster.environment("http://localhost:" + path.port()));
        environment.put("STATEHUB_KUBERNETES_POD", pod);
        environment.put("STATEHUB_HEARTBEAT_WRITER", pod);
        environment.put("STATEHUB_KUBERNETES_LEASE_DURATION", LEASE.toSeconds() + "s");
        return WatchedSidecar.discovering(lab.writeUrl(), api, environment);
    }

    private void change(String kind, String name, Consumer<Map<String, Object>> change) {
        GenericKubernetesResource object = cluster.change(kind, name, change).get(kind, name);
        kubernetes.replace(object);
    }

    private String beatsOf(String writer) {
        return lab.primary()
                .server()
                .queryIn(
                        LabRoles.DATABASE, "SELECT count(*) FROM statehub_sidecar.beat WHERE writer = '" + writer + "'")
                .orElseThrow();
    }

    @Test
    void membersAreDiscoveredAndFollowedAndBothHalvesMakeOneVerdict() {
        try (WatchedSidecar sidecar = sidecar("state-hub-0")) {
            sidecar.awaitSteady();
            assertThat(sidecar.status().getList("cluster.members.name")).isEqualTo(List.of("pg-1", "pg-2", "pg-3"));
            sidecar.until(() -> {
                assertThat(sidecar.status().getString("status.kubernetes")).isEqualTo("UP");
                assertThat(sidecar.metric("statehub_leader")).contains(1.0);
                assertThat(sidecar.metric("statehub_nodes{ready=\"true\"}")).contains(3.0);
            });

            change("Cluster", "pg", it -> at(it, "status").put("instanceNames", List.of("pg-1", "pg-2")));
            sidecar.until(() ->
                    assertThat(sidecar.status().getList("cluster.members.name")).isEqualTo(List.of("pg-1", "pg-2")));
            change("Cluster", "pg", it -> at(it, "status").put("instanceNames", List.of("pg-1", "pg-2", "pg-3")));
            sidecar.awaitSteady();

            change(
                    "Engine",
                    "pvc-pg-2-e-0",
                    it -> at(it, "status.replicaModeMap").put("pvc-pg-2-r-1", "ERR"));
            sidecar.awaitFinding("volume_not_redundant", "pg-2 volume pvc-pg-2");
            sidecar.until(() -> assertThat(
                            sidecar.metric("statehub_volume_missing_replicas{member=\"pg-2\",volume=\"data\"}"))
                    .contains(1.0));

            change("Node", "railiance01", it -> at(it, "status.conditions.3").put("status", "Unknown"));
            sidecar.awaitFinding("primary_on_unready_node", "pg-1");
            sidecar.until(() -> {
                assertThat(sidecar.status().getString("verdict")).isEqualTo("UNKNOWN");
                assertThat(sidecar.health("ready"))
                        .as("no fault of a node takes a pod out")
                        .isEqualTo(200);
            });
        }
    }

    @Test
    void anApiServerThatIsGoneStopsNeitherProbingNorAnswering() {
        try (WatchedSidecar sidecar = sidecar("state-hub-0")) {
            sidecar.awaitSteady();
            path.drop();
            String before = beatsOf("state-hub-0");

            sidecar.awaitFinding("lease_unknown", "lease");
            sidecar.until(() -> {
                assertThat(sidecar.health("live")).isEqualTo(200);
                assertThat(sidecar.health("ready")).isEqualTo(200);
                assertThat(sidecar.status().getString("leadership.role")).isEqualTo("leads");
            });
            sidecar.until(
                    () -> assertThat(Long.parseLong(beatsOf("state-hub-0"))).isGreaterThan(Long.parseLong(before) + 3));
            LabMember lost = lab.bestStandby().orElseThrow();
            lost.server().kill();
            sidecar.awaitFinding("member_down", lost.name());

            path.pass();
            lab.heal();
            sidecar.awaitSteady();
        }
    }

    @Test
    void whenTheLeaderIsKilledTheNextOneWrites() {
        try (WatchedSidecar first = sidecar("state-hub-0")) {
            first.awaitSteady();
            try (WatchedSidecar second = sidecar("state-hub-1")) {
                second.until(() -> assertThat(second.status().getString("leadership.holder"))
                        .isEqualTo("state-hub-0"));
                second.until(() -> assertThat(second.status().getString("heartbeat.lastOutcome"))
                        .isEqualTo("standing_by"));
                second.until(() -> {
                    assertThat(second.metric("statehub_leader")).contains(0.0);
                    assertThat(second.metric("statehub_nodes{ready=\"true\"}"))
                            .as("series of the whole cluster come from the leader alone")
                            .isEmpty();
                });
                assertThat(beatsOf("state-hub-1")).isEqualTo("0");

                long killed = System.nanoTime();
                first.process().kill();
                await().atMost(WatchedSidecar.DEADLINE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> Long.parseLong(beatsOf("state-hub-1")) > 0);
                // The lease and one interval, and what it takes to look: told and not judged, since a loaded machine is
                // slow.
                LOG.infof("%d ms from the kill to the next leader's beat", (System.nanoTime() - killed) / 1_000_000);

                assertThat(lab.primary()
                                .server()
                                .queryIn(
                                        LabRoles.DATABASE,
                                        "SELECT count(*) - count(DISTINCT (writer, run, sequence))"
                                                + " FROM statehub_sidecar.beat"))
                        .as("sequences that are there twice")
                        .contains("0");
                second.until(() -> assertThat(second.metric("statehub_nodes{ready=\"true\"}"))
                        .contains(3.0));
            }
        }
    }

    @Test
    void aFailoverIsToldAsEventsOnTheCluster() {
        try (WatchedSidecar sidecar = sidecar("state-hub-0")) {
            sidecar.awaitSteady();
            int timeline = lab.primary().server().timeline();
            lab.primary().server().kill();
            sidecar.until(() -> assertThat(sidecar.failoverState()).isEqualTo("failing_over"));
            lab.failover(lab.bestStandby().orElseThrow());
            sidecar.awaitFinding("operator_primary_differs", "cluster");
            lab.heal();

            await().atMost(WatchedSidecar.DEADLINE)
                    .untilAsserted(() -> assertThat(events())
                            .contains(
                                    "Warning FailoverStarted Cluster/pg pg.failover-started-pg-1-t" + timeline,
                                    "Normal FailoverFinished Cluster/pg pg.failover-finished-pg-1-t" + timeline));
        }
    }

    private List<String> events() {
        return kubernetes.admin().v1().events().inNamespace(FixtureCluster.NAMESPACE).list().getItems().stream()
                .map(KubernetesIT::line)
                .toList();
    }

    private static String line(Event event) {
        return event.getType() + " " + event.getReason() + " "
                + event.getInvolvedObject().getKind() + "/"
                + event.getInvolvedObject().getName() + " "
                + event.getMetadata().getName();
    }
}

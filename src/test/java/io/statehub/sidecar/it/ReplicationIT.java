package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.lab.IndependentClient;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One primary and two standbys, and what goes wrong between them. Each test begins with a healed cluster. */
class ReplicationIT {

    private static PostgresLab lab;
    private static StandInApi api;
    private static WatchedSidecar sidecar;

    @BeforeAll
    static void start() {
        lab = SharedLab.asNew();
        api = StandInApi.start(lab.writeUrl());
        sidecar = WatchedSidecar.start(
                lab, api, Map.of("STATEHUB_REPLICATION_MAX_STREAM_SILENCE", "6s", "STATEHUB_READINESS_GRACE", "3s"));
    }

    @AfterAll
    static void stop() {
        sidecar.close();
        api.close();
    }

    @BeforeEach
    void heal() {
        lab.heal();
        sidecar.awaitSteady();
    }

    @Test
    void steadyClusterHasNothingToReport() {
        sidecar.until(() -> {
            assertThat(sidecar.status().getList("cluster.primaries"))
                    .containsExactly(lab.primary().name());
            assertThat(sidecar.status().getString("writeEndpoint.routedTo"))
                    .isEqualTo(lab.primary().name());
            for (String standby : standbys()) {
                assertThat(sidecar.metric("statehub_replication_lag_bytes{member=\"" + standby + "\"}"))
                        .hasValue(0.0);
                assertThat(sidecar.metric("statehub_replication_connected{member=\"" + standby + "\"}"))
                        .hasValue(1.0);
                assertThat(sidecar.<Integer>ofMember(standby, "replication.stalenessAtLeastMs"))
                        .hasValue(0);
                assertThat(sidecar.<String>ofMember(standby, "upstream.state")).hasValue("streaming");
            }
        });
        sidecar.until(() -> {
            assertThat(sidecar.health("group/replication")).isEqualTo(200);
            assertThat(sidecar.health("group/api")).isEqualTo(200);
            assertThat(sidecar.health("started")).isEqualTo(200);
        });
    }

    @Test
    void oneConnectionIsHeldToEachMemberAndTwoToTheWriteEndpoint() {
        String count = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'state-hub-sidecar'";
        sidecar.until(() -> {
            assertThat(lab.primary().server().query(count)).hasValue("3");
            for (String standby : standbys()) {
                assertThat(lab.member(standby).server().query(count)).hasValue("1");
            }
        });
    }

    @Test
    void stoppedStandbyIsDownAndItsLagIsAbsent() {
        String stopped = standbys().get(0);

        lab.member(stopped).server().stop();

        sidecar.awaitFinding("member_down", stopped);
        sidecar.until(() -> {
            assertThat(sidecar.metric("statehub_replication_lag_bytes{member=\"" + stopped + "\"}"))
                    .isEmpty();
            assertThat(sidecar.metric("statehub_replication_lag_unknown{member=\"" + stopped + "\",reason=\"unseen\"}"))
                    .hasValue(1.0);
            assertThat(sidecar.metric("statehub_member_up{member=\"" + stopped + "\"}"))
                    .hasValue(0.0);
            assertThat(sidecar.status().getString("status.replication")).isEqualTo("DEGRADED");
            assertThat(sidecar.health("group/replication")).isEqualTo(503);
            assertThat(sidecar.health("ready")).isEqualTo(200);
        });
    }

    @Test
    void pausedReplayUnderLoadLags() {
        String paused = standbys().get(0);

        lab.pauseReplay(lab.member(paused));
        lab.writeRows(500);

        sidecar.awaitFinding("replay_paused", paused);
        sidecar.until(() -> {
            assertThat(sidecar.metric("statehub_replication_lag_bytes{member=\"" + paused + "\"}"))
                    .hasValueSatisfying(lag -> assertThat(lag).isPositive());
            assertThat(sidecar.metric("statehub_replication_apply_queue_bytes{member=\"" + paused + "\"}"))
                    .hasValueSatisfying(queue -> assertThat(queue).isPositive());
            assertThat(sidecar.<Integer>ofMember(paused, "replication.stalenessAtLeastMs"))
                    .hasValueSatisfying(age -> assertThat(age).isPositive());
        });
        sidecar.until(() -> assertThat(sidecar.<String>ofMember(paused, "replication.walReceiver"))
                .hasValue("streaming"));
        lab.resumeReplay(lab.member(paused));
        sidecar.awaitNoFinding("replay_paused", paused);
    }

    @Test
    void primaryThatIsFrozenUnderLoadIsNotTakenForASteadyOneThoughItsStandbysStillStream() {
        String primary = lab.primary().name();
        String standby = standbys().get(0);
        try (IndependentClient load = IndependentClient.start(lab.writeUrl())) {
            load.awaitAcknowledgement();
            lab.primary().server().freeze();
        }

        sidecar.awaitFinding("member_down", primary);
        sidecar.awaitFinding("write_endpoint_down", "write-endpoint");
        sidecar.awaitFinding("primary_unknown", "cluster");
        sidecar.until(() -> {
            assertThat(sidecar.measured("member_down", primary)).startsWith("no answer in time");
            assertThat(sidecar.<String>ofMember(standby, "replication.walReceiver"))
                    .hasValue("streaming");
            assertThat(sidecar.status().getString("verdict")).isEqualTo("DOWN");
        });
        sidecar.until(() -> assertThat(sidecar.health("ready")).isEqualTo(503));
        sidecar.awaitFinding("silent_stream", standby);
        String labels = "{member=\"" + standby + "\"";
        sidecar.until(() -> {
            assertThat(sidecar.metric("statehub_replication_lag_bytes" + labels + "}"))
                    .isEmpty();
            assertThat(sidecar.metric("statehub_replication_lag_unknown" + labels + ",reason=\"silent\"}"))
                    .hasValue(1.0);
            assertThat(sidecar.metric("statehub_replication_staleness_lower_seconds" + labels + "}")
                            .orElse(1.0))
                    .as("0 would say that nothing is missing")
                    .isPositive();
        });
        sidecar.until(() -> assertThat(sidecar.<Integer>ofMember(standby, "replication.stalenessAtMostMs"))
                .hasValueSatisfying(age -> assertThat(age).isGreaterThan(5000)));
    }

    @Test
    void promotedStandbyBesideAThawedPrimaryIsSplitBrain() {
        String old = lab.primary().name();
        lab.primary().server().freeze();
        lab.failover(lab.member(standbys().get(0)));
        String promoted = lab.primary().name();

        lab.member(old).server().thaw();

        sidecar.awaitFinding("two_primaries", "cluster");
        sidecar.until(() -> {
            assertThat(sidecar.measured("two_primaries", "cluster"))
                    .contains(promoted + " (timeline ")
                    .endsWith("the stale one is " + old);
            assertThat(sidecar.status().getString("status.replication")).isEqualTo("DOWN");
        });
    }

    @Test
    void allMembersGoneIsNoPrimary() {
        lab.members().forEach(member -> member.proxy().refuse());
        lab.writeEndpoint().refuse();

        sidecar.awaitFinding("no_primary", "cluster");
        sidecar.awaitFinding("write_endpoint_down", "write-endpoint");
        assertThat(sidecar.health("live")).isEqualTo(200);

        lab.members().forEach(member -> member.proxy().pass());
        lab.writeEndpoint().pass();
        sidecar.awaitSteady();
    }

    @Test
    void blackHoledMemberCostsItsOwnProbeOnly() {
        String unreachable = standbys().get(0);
        String other = standbys().get(1);

        lab.member(unreachable).proxy().drop();

        sidecar.awaitFinding("member_down", unreachable);
        sidecar.until(
                () -> assertThat(sidecar.measured("member_down", unreachable)).startsWith("no answer in time"));
        Optional<Double> before = sidecar.metric("statehub_snapshots_total");
        sidecar.until(
                () -> assertThat(sidecar.metric("statehub_snapshots_total").orElseThrow())
                        .isGreaterThan(before.orElseThrow() + 4));
        sidecar.until(() -> {
            assertThat(sidecar.findings()).noneMatch(finding -> finding.endsWith(" " + other));
            assertThat(sidecar.<Integer>ofMember(other, "replication.lagBytes")).isPresent();
        });
    }

    private static List<String> standbys() {
        return lab.members().stream()
                .map(LabMember::name)
                .filter(name -> !name.equals(lab.primary().name()))
                .toList();
    }
}

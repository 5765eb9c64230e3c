package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.FOLLOWER;
import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.PROMOTED;
import static io.statehub.sidecar.testing.Members.REJOINED;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.ackedAfter;
import static io.statehub.sidecar.testing.Observed.beatsTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Kubernetes and the operator say decides where the members can't. */
class OperatorsWordTest {

    private final Chronicle chronicle = Chronicle.steady();
    private final FixtureCluster cluster = FixtureCluster.sound(chronicle.now().wallClock());

    private Sighting kubernetes() {
        return ObservedKubernetes.of(cluster).sighting();
    }

    private Sighting phase(String words) {
        cluster.change("Cluster", "pg", it -> at(it, "status").put("phase", words));
        return kubernetes();
    }

    private Outcome outcome() {
        return chronicle.incident().ending().orElseThrow().outcome();
    }

    @Test
    void switchoverThatTheOperatorAnnouncesIsOneThoughNobodySawTheShutdown() {
        cluster.change("Cluster", "pg", it -> at(it, "status").put("targetPrimary", "pg-2"));
        chronicle
                .look(phase("Switchover in progress"))
                .rounds(1, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(phase("Cluster in healthy state"))
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(outcome()).isEqualTo(Outcome.SWITCHOVER);
        assertThat(chronicle
                        .incident()
                        .milestone(Kind.ORDERLY_END)
                        .orElseThrow()
                        .evidence())
                .isEqualTo("the operator says 'Switchover in progress' to pg-2");
    }

    @Test
    void switchoverThatIsAnnouncedBesideTwoPrimariesHasEndedNeither() {
        chronicle.look(PRIMARY, STANDBY, Observed.primary("pg-3")).look(phase("Switchover in progress"));

        assertThat(chronicle.label()).isEqualTo("split_brain");
        assertThat(chronicle.kinds()).doesNotContain(Kind.ORDERLY_END);
    }

    @Test
    void failoverThatTheOperatorAnnouncesIsNone() {
        chronicle
                .look(phase("Failing over"))
                .rounds(1, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(outcome()).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void switchoverThatFollowsAFailoverMakesTheFailoverNone() {
        chronicle
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(phase("Switchover in progress"))
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(outcome()).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void majorUpgradeThatEndsWithAnotherClusterIsPlannedAndNobodyIsFoundWanting() {
        chronicle.look(phase("Upgrading Postgres major version"));
        for (int i = 0; i < 60; i++) {
            chronicle.look(
                    GONE, failed("pg-2", FailureKind.REFUSED), failed("pg-3", FailureKind.REFUSED), kubernetes());
        }
        chronicle
                .look(phase("Cluster in healthy state"))
                .look(
                        PRIMARY.ofSystem(42),
                        STANDBY.ofSystem(42),
                        OTHER.ofSystem(42),
                        Observed.endpointTo(PRIMARY.ofSystem(42)));

        assertThat(outcome()).isEqualTo(Outcome.PLANNED_CLUSTER_CHANGE);
        assertThat(chronicle.kinds()).contains(Kind.PLANNED_STOP).doesNotContain(Kind.NO_CANDIDATE);
        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.tracking().tally().outcome(Outcome.FAILED)).isZero();
    }

    @Test
    void clusterThatIsHibernatedIsStoppedByPlan() {
        cluster.annotated("cnpg.io/hibernation", "on");
        cluster.change(
                "Cluster",
                "pg",
                it -> at(it, "status")
                        .put(
                                "conditions",
                                List.of(Map.of(
                                        "type", "cnpg.io/hibernation", "status", "True", "reason", "Hibernated"))));
        chronicle.look(kubernetes()).rounds(60, NO_BEAT, kubernetes(), GONE, STANDBY, OTHER);

        assertThat(chronicle.kinds()).doesNotContain(Kind.NO_CANDIDATE);
        assertThat(chronicle
                        .state()
                        .incident()
                        .orElseThrow()
                        .milestone(Kind.PLANNED_STOP)
                        .orElseThrow()
                        .evidence())
                .isEqualTo("the operator has stopped the cluster for its hibernation");
    }

    @Test
    void planThatIsHeardOfWhileAnotherLeadsIsNotWhyTheFirstOneStopped() {
        chronicle
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .look(phase("Upgrading Postgres major version"));

        assertThat(chronicle.label()).isEqualTo("promoted");
        assertThat(chronicle.kinds()).doesNotContain(Kind.PLANNED_STOP);
    }

    @Test
    void clusterThatTheOperatorMerelyWatchesIsStoppedByNoPlan() {
        chronicle.look(kubernetes()).rounds(60, NO_BEAT, kubernetes(), GONE, STANDBY, OTHER);

        assertThat(chronicle.kinds()).contains(Kind.NO_CANDIDATE).doesNotContain(Kind.PLANNED_STOP);
    }

    @Test
    void majorUpgradeThatIsUndoneIsARestart() {
        chronicle
                .look(phase("Upgrading Postgres major version"))
                .rounds(60, NO_BEAT, kubernetes(), GONE, STANDBY, OTHER)
                .look(PRIMARY.restarted(), STANDBY, OTHER)
                .beat(ackedAfter(PRIMARY.restarted(), 4, beatsTo(3)));

        assertThat(outcome()).isEqualTo(Outcome.RESTART);
    }

    /** pg-3 was promoted beside pg-1, which is silent since. */
    private void splitBrain() {
        Sighting silent = failed("pg-1", FailureKind.TIMED_OUT);
        chronicle
                .look(PRIMARY, STANDBY, OTHER.promoted())
                .beat(acked(PRIMARY, 4))
                .look(silent, STANDBY, OTHER.promoted())
                .look(silent, STANDBY, OTHER.promoted())
                .look(silent, STANDBY, OTHER.promoted());
    }

    @Test
    void podThatHasEndedByTheWordOfItsKubeletIsOver() {
        splitBrain();
        cluster.change("Pod", "pg-1", it -> at(it, "status").put("phase", "Failed"));

        chronicle.look(kubernetes());

        assertThat(chronicle.label()).isEqualTo("promoted");
    }

    @Test
    void podOnANodeThatIsNotHeardOfSaysNothing() {
        splitBrain();
        cluster.change("Pod", "pg-1", it -> at(it, "status").put("phase", "Failed"));
        String node = String.valueOf(
                at(cluster.get("Pod", "pg-1").getAdditionalProperties(), "spec").get("nodeName"));
        cluster.change("Node", node, it -> at(it, "status.conditions.3").put("status", "Unknown"));

        chronicle.look(kubernetes());
        assertThat(chronicle.label()).isEqualTo("split_brain");

        cluster.without("Node");
        chronicle.look(kubernetes());
        assertThat(chronicle.label()).as("a node that is gone may run on").isEqualTo("split_brain");
    }

    @Test
    void podThatRunsSaysNothing() {
        splitBrain();

        chronicle.look(kubernetes()).after(Duration.ofSeconds(1), kubernetes());

        assertThat(chronicle.label()).isEqualTo("split_brain");
    }
}

package io.statehub.sidecar.agent;

import static io.statehub.sidecar.testing.Observed.primary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.kubernetes.LinkSettings;
import io.statehub.sidecar.observation.KubernetesObservation;
import io.statehub.sidecar.observation.MembershipObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.ManualTimer;
import io.statehub.sidecar.testing.ScriptedProbe;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class KubernetesLoopTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(90);

    private final ManualClock clock = new ManualClock();
    private final ManualTimer timer = new ManualTimer(clock);
    private final KeepingApiServer server = new KeepingApiServer();
    private final KubernetesClient client = server.client();
    private final KubernetesLink link = KubernetesLink.toLook(
            client, LinkSettings.of(FixtureCluster.NAMESPACE, FixtureCluster.CLUSTER, "state-hub-0"), clock);
    private final ClusterProbes cluster = new ClusterProbes(
            address -> new ScriptedProbe(address.name(), primary(address.name())),
            new ScriptedProbe(TargetId.Part.WRITE_ENDPOINT, primary("pg-1")),
            List.of());
    private final List<List<Observation>> seen = new ArrayList<>();

    @AfterEach
    void end() {
        link.close();
        client.close();
        server.close();
    }

    private void start(boolean discovers) throws Exception {
        new KubernetesLoop(link, cluster, discovers, seen::add).start(INTERVAL, timer);
        link.settling(SOON).get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private List<Observation> look() {
        timer.advance(INTERVAL);
        return seen.get(seen.size() - 1);
    }

    @Test
    void lookBringsWhatKubernetesSaysAsOfThen() throws Exception {
        server.with(FixtureCluster.sound(ManualClock.NOON));
        start(false);

        List<Observation> look = look();

        assertThat(look).singleElement().isInstanceOfSatisfying(KubernetesObservation.class, observed -> {
            assertThat(observed.at()).isEqualTo(clock.now());
            assertThat(observed.state().nodes()).isInstanceOf(Watched.Current.class);
        });
        assertThat(cluster.get()).as("members are those that are set").hasSize(1);
    }

    @Test
    void whereMembersAreDiscoveredTheyAreToldAndFollowed() throws Exception {
        server.with(FixtureCluster.sound(ManualClock.NOON));
        start(true);

        assertThat(look())
                .last()
                .isInstanceOfSatisfying(
                        MembershipObservation.class,
                        membership -> assertThat(membership.members()).containsExactly("pg-1", "pg-2", "pg-3"));
        assertThat(cluster.get())
                .extracting(probe -> probe.target().label())
                .containsExactly("pg-1", "pg-2", "pg-3", "write-endpoint");
    }

    @Test
    void whereThereIsNoClusterNothingIsSaidOfMembers() throws Exception {
        start(true);

        assertThat(look()).hasOnlyElementsOfType(KubernetesObservation.class).hasSize(1);
        assertThat(cluster.get()).hasSize(1);
    }

    @Test
    void loopOutlivesWhatGoesWrongInOneLook() {
        int[] looks = {0};
        new KubernetesLoop(link, cluster, false, observations -> {
                    looks[0]++;
                    throw new IllegalStateException("by the script");
                })
                .start(INTERVAL, timer);

        timer.advance(INTERVAL.multipliedBy(3));

        assertThat(looks[0]).isEqualTo(4);
    }

    @Test
    void watchesThatNeverSettleAreWaitedForNoLongerThanTheyHave() {
        var settling = link.settling(Duration.ofSeconds(30));
        assertThat(settling).as("nothing was started").isNotDone();

        clock.advance(Duration.ofSeconds(30));

        await().atMost(SOON).until(settling::isDone);
    }
}

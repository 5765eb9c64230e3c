package io.statehub.sidecar.kubernetes;

import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.time.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceAddressesTest {

    private final FixtureCluster cluster = FixtureCluster.sound(Instant.EPOCH);
    private final ObservedKubernetes kubernetes = ObservedKubernetes.of(cluster);

    private Optional<List<Instance>> found(List<Instance> before) {
        return InstanceAddresses.of(kubernetes.state(), before);
    }

    private static Instance instance(String name, String host) {
        return Instance.at(new MemberAddress(name, host, 5432));
    }

    @Test
    void everyInstanceIsAMemberAtItsPodsAddress() {
        assertThat(found(List.of()).orElseThrow())
                .containsExactly(
                        instance("pg-1", "10.42.0.11"), instance("pg-2", "10.42.0.12"), instance("pg-3", "10.42.0.13"));
    }

    @Test
    void thePortIsThatWhichTheContainerNames() {
        cluster.change("Pod", "pg-2", it -> at(it, "spec.containers.0.ports.0").put("containerPort", 6432));

        assertThat(found(List.of()).orElseThrow()).contains(Instance.at(new MemberAddress("pg-2", "10.42.0.12", 6432)));
    }

    @Test
    void anAddressOfIpv6StandsInBrackets() {
        cluster.change("Pod", "pg-2", it -> at(it, "status").put("podIP", "fd00::12"));

        assertThat(found(List.of()).orElseThrow()).contains(instance("pg-2", "[fd00::12]"));
    }

    @Test
    void anInstanceWhosePodIsGoneIsAMemberAtItsLastAddress() {
        List<Instance> before = found(List.of()).orElseThrow();
        cluster.change("Pod", "pg-3", it -> at(it, "status").put("phase", "Failed"));

        assertThat(found(before).orElseThrow()).isEqualTo(before);
    }

    @Test
    void anInstanceThatNeverHadAnAddressIsAMemberWithoutOne() {
        cluster.change("Pod", "pg-3", it -> at(it, "status").remove("podIP"));

        assertThat(found(List.of()).orElseThrow()).contains(new Instance("pg-3", Optional.empty()));
    }

    @Test
    void aPodThatMovedIsAtItsNewAddress() {
        List<Instance> before = found(List.of()).orElseThrow();
        cluster.change("Pod", "pg-1", it -> at(it, "status").put("podIP", "10.42.0.99"));

        assertThat(found(before).orElseThrow()).contains(instance("pg-1", "10.42.0.99"));
    }

    @Test
    void anInstanceThatTheOperatorNoLongerNamesIsNoMember() {
        List<Instance> before = found(List.of()).orElseThrow();
        cluster.change("Cluster", "pg", it -> at(it, "status").put("instanceNames", List.of("pg-1", "pg-2")));

        assertThat(found(before).orElseThrow()).extracting(Instance::name).containsExactly("pg-1", "pg-2");
    }

    @Test
    void aClusterThatIsBeingMadeHasTheMembersThatHavePods() {
        cluster.change("Cluster", "pg", it -> at(it, "status").remove("instanceNames"));

        assertThat(found(List.of()).orElseThrow()).extracting(Instance::name).containsExactly("pg-1", "pg-2", "pg-3");
    }

    @Test
    void moreInstancesThanCanBeWatchedAreCutAtAHundred() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            names.add("pg-%03d".formatted(i));
        }
        cluster.change("Cluster", "pg", it -> at(it, "status").put("instanceNames", names));

        assertThat(found(List.of()).orElseThrow()).hasSize(100);
    }

    @Test
    void aWatchThatIsBrokenSaysNothingNewSoTheMembersStay() {
        kubernetes.lost(WatchedResource.CLUSTER, new Moment(Instant.EPOCH, 0), FailureKind.RESET);
        assertThat(found(List.of())).isEmpty();
    }

    @Test
    void podsThatMayNotBeSeenSayNothing() {
        kubernetes.unseen(WatchedResource.INSTANCE_PODS, new Moment(Instant.EPOCH, 0), FailureKind.PERMISSION_DENIED);
        assertThat(found(List.of())).isEmpty();
    }
}

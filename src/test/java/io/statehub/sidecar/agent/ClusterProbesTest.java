package io.statehub.sidecar.agent;

import static io.statehub.sidecar.testing.Observed.primary;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.kubernetes.Instance;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.ScriptedProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterProbesTest {

    private static final MemberAddress PG_1 = new MemberAddress("pg-1", "10.0.0.1", 5432);
    private static final MemberAddress PG_2 = new MemberAddress("pg-2", "10.0.0.2", 5432);
    private static final MemberAddress PG_2_MOVED = new MemberAddress("pg-2", "10.0.0.9", 5432);

    private final List<ScriptedProbe> made = new ArrayList<>();
    private final ScriptedProbe endpoint = new ScriptedProbe(TargetId.Part.WRITE_ENDPOINT, primary("pg-1"));
    private final ClusterProbes cluster = new ClusterProbes(this::make, endpoint, List.of(PG_1, PG_2));

    private Probe make(MemberAddress address) {
        ScriptedProbe probe = new ScriptedProbe(address.name(), primary(address.name()));
        made.add(probe);
        return probe;
    }

    private void follow(MemberAddress... members) {
        cluster.follow(List.of(members).stream().map(Instance::at).toList());
    }

    @Test
    void membersThatAreSetComeFirstInTheirOrderAndTheWriteEndpointLast() {
        assertThat(cluster.get())
                .extracting(probe -> probe.target().label())
                .containsExactly("pg-1", "pg-2", "write-endpoint");
    }

    @Test
    void memberThatStaysKeepsItsProbe() {
        follow(PG_2, PG_1);

        assertThat(made).hasSize(2).noneMatch(ScriptedProbe::closed);
        assertThat(cluster.get()).containsExactly(made.get(1), made.get(0), endpoint);
    }

    @Test
    void memberThatMovedIsAskedAtItsNewAddressAndNoLongerAtTheOld() {
        follow(PG_1, PG_2_MOVED);

        assertThat(made.get(1).closed()).isTrue();
        assertThat(cluster.get()).containsExactly(made.get(0), made.get(2), endpoint);
        assertThat(made.get(2).closed()).isFalse();
    }

    @Test
    void memberThatIsGoneIsClosedAndNotAskedAnyMore() {
        follow(PG_1);

        assertThat(made.get(1).closed()).isTrue();
        assertThat(cluster.get()).containsExactly(made.get(0), endpoint);
    }

    @Test
    void memberWithoutAnAddressIsAskedForAllTheSameAndThenWhereItComesUp() {
        cluster.follow(List.of(new Instance("pg-3", Optional.empty())));
        assertThat(cluster.get()).extracting(probe -> probe.target().label()).containsExactly("pg-3", "write-endpoint");
        assertThat(made).as("nothing is made for an address that isn't known").hasSize(2);

        follow(new MemberAddress("pg-3", "10.0.0.3", 5432));
        assertThat(cluster.get()).containsExactly(made.get(2), endpoint);
    }

    @Test
    void whenItIsClosedNothingIsLeftOpen() {
        cluster.close();

        assertThat(made).allMatch(ScriptedProbe::closed);
        assertThat(endpoint.closed()).isTrue();
    }
}

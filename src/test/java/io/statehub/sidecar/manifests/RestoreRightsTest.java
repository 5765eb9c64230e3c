package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.kubernetes.restore.LiveObjects;
import io.statehub.sidecar.kubernetes.restore.Meanwhile;
import io.statehub.sidecar.kubernetes.restore.RestoreChecks;
import io.statehub.sidecar.kubernetes.restore.RestoreDrill;
import io.statehub.sidecar.kubernetes.restore.RestorePlan;
import io.statehub.sidecar.kubernetes.restore.ServedObjects;
import io.statehub.sidecar.manifests.Grants.Grant;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A restore drill makes every request that its component grants, and no other; of the sidecar's rights none is more for
 * it.
 */
class RestoreRightsTest {

    private static final String COMPONENT = "restore-drill";

    private static List<Map<String, Object>> granted() {
        return Rendered.productionWith(COMPONENT).stream()
                .filter(object -> Objects.toString(object.get("metadata")).contains("name=state-hub-restore-drill"))
                .toList();
    }

    @Test
    void everyRequestIsGrantedAndEveryGrantIsNeeded() {
        Grants grants = new Grants(granted());

        List<Grant> requests = requests().stream().map(RightsTest::parsed).toList();

        assertThat(grants.refused(requests)).isEmpty();
        assertThat(grants.unused(requests)).isEmpty();
    }

    @Test
    void theSidecarGetsNoRightOfARestore() {
        List<Map<String, Object>> others = Rendered.productionWith(COMPONENT).stream()
                .filter(object -> !Objects.toString(object.get("metadata")).contains("name=state-hub-restore-drill"))
                .toList();

        assertThat(new Grants(others).all()).isEqualTo(new Grants(Rendered.of("overlays/production")).all());
        assertThat(others)
                .filteredOn(object -> Objects.toString(object.get("kind")).endsWith("RoleBinding"))
                .noneMatch(object -> object.toString().contains("state-hub-restore-drill"));
    }

    private static List<String> requests() {
        try (KeepingApiServer server = new KeepingApiServer();
                KubernetesClient client = server.client()) {
            LiveObjects.createWith(new ServedObjects(client));
            server.newRequests();
            ManualClock clock = new ManualClock();
            RestorePlan plan = new RestorePlan(
                    "state-hub-db",
                    "state-hub",
                    Meanwhile.INTO,
                    Optional.empty(),
                    Optional.of("state-hub"),
                    Duration.ofMinutes(30),
                    false);
            assertThat(new RestoreDrill(
                                    plan,
                                    new Meanwhile(client, -1, 0),
                                    new Passing(),
                                    clock,
                                    () -> clock.advance(Duration.ofSeconds(10)),
                                    line -> {})
                            .run()
                            .failed())
                    .isEmpty();
            return server.newRequests();
        }
    }

    private static final class Passing implements RestoreChecks {

        @Override
        public String database(String host) {
            return host;
        }

        @Override
        public String api(String host) {
            return host;
        }
    }
}

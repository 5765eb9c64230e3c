package io.statehub.sidecar.kubernetes.restore;

import static io.statehub.sidecar.kubernetes.restore.Meanwhile.INTO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.RestoreVerdict;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.Step;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.Taken;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole drill on a server that keeps objects, and a failure at every request that it makes. */
class RestoreDrillTest {

    private static final String LIVE = "state-hub";
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    /**
     * Until all is deleted: 2 to read, 2 for the secret, store, cluster, 3 looks, 3 for the API, 2 looks, 1 to write.
     */
    private static final int REQUESTS = 15;

    private final KeepingApiServer server = new KeepingApiServer();
    private final KubernetesClient client = server.client();
    private final ManualClock clock = new ManualClock();
    private final List<String> told = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private Optional<String> databaseFault = Optional.empty();
    private Optional<String> apiFault = Optional.empty();

    @BeforeEach
    void live() {
        LiveObjects.createWith(new ServedObjects(client));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private final class Checks implements RestoreChecks {

        @Override
        public String database(String host) throws DrillStepException {
            return answer(host, databaseFault);
        }

        @Override
        public String api(String host) throws DrillStepException {
            return answer(host, apiFault);
        }

        private String answer(String host, Optional<String> fault) throws DrillStepException {
            asked.add(host);
            if (fault.isPresent()) {
                throw new DrillStepException(fault.get(), RestoreVerdict.FAILED);
            }
            return "as it must be";
        }
    }

    private RestoreOutcome run(boolean keep, DrillObjects objects) {
        RestorePlan plan = new RestorePlan(
                "state-hub-db",
                LIVE,
                INTO,
                Optional.of(Instant.parse("2026-11-25T11:59:00Z")),
                Optional.of("state-hub"),
                DEADLINE,
                keep);
        Runnable pause = () -> clock.advance(Duration.ofSeconds(10));
        return new RestoreDrill(plan, objects, new Checks(), clock, pause, told::add).run();
    }

    private RestoreOutcome run(boolean keep) {
        return run(keep, new Meanwhile(client, -1, 0));
    }

    private List<String> inTheIsolatedNamespace() {
        return Stream.of(DrillKind.values())
                .flatMap(kind ->
                        client.genericKubernetesResources(kind.context()).inNamespace(INTO).list().getItems().stream())
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
    }

    private String annotations() {
        return Objects.toString(new ServedObjects(client)
                .get(DrillKind.CLUSTER, LIVE, "state-hub-db")
                .orElseThrow()
                .getMetadata()
                .getAnnotations());
    }

    private Map<?, ?> spec(DrillKind kind, String name) {
        return (Map<?, ?>) Objects.requireNonNull(new ServedObjects(client)
                .get(kind, INTO, name)
                .orElseThrow()
                .getAdditionalProperties()
                .get("spec"));
    }

    @Test
    void everyStepIsTakenWrittenDownAndNothingIsLeftBehind() {
        RestoreOutcome outcome = run(false);

        assertThat(outcome.failed()).as(told.toString()).isEmpty();
        assertThat(outcome.verdict()).isEqualTo(RestoreVerdict.PASSED);
        assertThat(outcome.steps()).extracting(Taken::step).containsExactly(Step.values());
        assertThat(outcome.stays()).isEmpty();
        assertThat(inTheIsolatedNamespace()).isEmpty();
        assertThat(asked).containsExactly("state-hub-db-rw.state-hub-restore", "state-hub.state-hub-restore");
        assertThat(annotations()).contains("kept=yes", "state-hub.io/restore-verified-at=");
        assertThat(told).contains("Cluster state-hub-db: Setting up primary");
    }

    @Test
    void whatIsMadeIsTheLiveOneWithoutWhatCouldHarmIt() {
        RestoreOutcome outcome = run(true);

        assertThat(outcome.stays())
                .containsExactlyInAnyOrder(
                        "Secret state-hub-restore/state-hub-backup",
                        "ObjectStore state-hub-restore/state-hub-db",
                        "Cluster state-hub-restore/state-hub-db",
                        "Service state-hub-restore/state-hub",
                        "Deployment state-hub-restore/state-hub");
        Map<?, ?> cluster = spec(DrillKind.CLUSTER, "state-hub-db");
        assertThat(cluster.get("instances")).isEqualTo(1);
        assertThat(cluster.containsKey("plugins")).as("it archives nowhere").isFalse();
        assertThat(cluster.get("storage")).isEqualTo(Map.of("storageClass", "longhorn", "size", "20Gi"));
        assertThat(cluster.toString())
                .contains("source=origin", "database=state_hub", "owner=state_hub", "targetTime=2026-11-25T11:59:00Z")
                .contains("barmanObjectName=state-hub-db", "serverName=state-hub-db", "max_slot_wal_keep_size=4GB")
                .doesNotContain("isWALArchiver", "synchronous", "initdb", "managed");
        Map<?, ?> api = spec(DrillKind.DEPLOYMENT, "state-hub");
        assertThat(api.get("replicas")).isEqualTo(1);
        assertThat(api.toString())
                .contains("automountServiceAccountToken=false", "image=state-hub:1", "name=tmp")
                .doesNotContain("state-hub-sidecar", "serviceAccountName", "name=token");
        assertThat(spec(DrillKind.SERVICE, "state-hub").toString()).contains("port=80", "targetPort=8000");
    }

    static Stream<Integer> requests() {
        return IntStream.range(0, REQUESTS).boxed();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestThatFailsEndsTheDrillWithItsReasonAndLeavesNothingBehind(int failing) {
        RestoreOutcome outcome = run(false, new Meanwhile(client, failing, 403));

        assertThat(outcome.failed())
                .hasValueSatisfying(step -> assertThat(step.said()).contains("broken"));
        // Two reads and the secret's come before anything is made; what the API server says is none of the backup's.
        assertThat(outcome.verdict()).isEqualTo(failing <= 3 ? RestoreVerdict.NOT_BEGUN : RestoreVerdict.UNDECIDED);
        assertThat(outcome.stays()).isEmpty();
        assertThat(inTheIsolatedNamespace()).isEmpty();
        assertThat(annotations()).doesNotContain("restore-verified-at");
    }

    /** Five objects, each deleted and looked for. */
    static Stream<Integer> cleaning() {
        return IntStream.range(REQUESTS, REQUESTS + 10).boxed();
    }

    @ParameterizedTest
    @MethodSource("cleaning")
    void whatCanNotBeDeletedIsListedAndTheOthersAreGone(int failing) {
        RestoreOutcome outcome = run(false, new Meanwhile(client, failing, 500));

        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.stays()).singleElement().asString().contains("state-hub-restore/", "broken");
        assertThat(inTheIsolatedNamespace()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void afterAnAnswerThatNeverCameWhatMayHaveBeenMadeIsDeletedToo() {
        RestoreOutcome outcome = run(false, new Meanwhile(client, -1, 0) {
            @Override
            public void create(DrillKind kind, GenericKubernetesResource object) {
                super.create(kind, object);
                if (kind == DrillKind.CLUSTER) {
                    throw new KubernetesClientException("no answer");
                }
            }
        });

        assertThat(outcome.failed().map(Taken::step)).contains(Step.MAKE_CLUSTER);
        assertThat(inTheIsolatedNamespace()).isEmpty();
    }

    @Test
    void whatSomebodyElseHasMadeThereStaysAndIsNamed() {
        new ServedObjects(client)
                .create(DrillKind.SECRET, SourceObjects.copy(DrillKind.SECRET, LiveObjects.of(DrillKind.SECRET), INTO));

        RestoreOutcome outcome = run(false);

        assertThat(outcome.failed()).hasValueSatisfying(step -> {
            assertThat(step.step()).isEqualTo(Step.COPY_SECRETS);
            assertThat(step.said()).contains("Secret state-hub-restore/state-hub-backup is there already");
        });
        assertThat(inTheIsolatedNamespace()).containsExactly("Secret state-hub-backup");
    }

    @Test
    void aDatabaseThatIsNotWhatItMustBeIsWrittenDownNowhere() {
        databaseFault = Optional.of("entry: 3 rows fewer");

        RestoreOutcome outcome = run(false);
        assertThat(outcome.failed().map(Taken::said)).contains("entry: 3 rows fewer");
        assertThat(outcome.verdict()).isEqualTo(RestoreVerdict.FAILED);
        assertThat(annotations()).doesNotContain("restore-verified-at");
        assertThat(inTheIsolatedNamespace()).isEmpty();
    }

    @Test
    void anApiThatIsNotSoundIsWrittenDownNowhere() {
        apiFault = Optional.of("/state/summary: HTTP 503");

        assertThat(run(false).failed().map(Taken::step)).contains(Step.ASK_API);
        assertThat(annotations()).doesNotContain("restore-verified-at");
    }

    @Test
    void aClusterThatDoesNotGetHealthyFailsAtTheDeadlineWithItsPhase() {
        RestoreOutcome outcome = run(false, new Meanwhile(client, -1, 0) {
            @Override
            Map<String, Object> status(DrillKind kind) {
                return Map.of("phase", "Not enough disk space");
            }
        });

        assertThat(outcome.verdict()).isEqualTo(RestoreVerdict.FAILED);
        assertThat(outcome.failed().map(Taken::said))
                .contains("Cluster state-hub-db is not ready after 1810 s: Not enough disk space; allowed: 1800 s");
        assertThat(inTheIsolatedNamespace()).isEmpty();
    }

    @Test
    void aDrillThatIsStoppedDeletesWhatItMadeAndWritesNothingDown() {
        List<RestoreDrill> drill = new ArrayList<>();
        RestorePlan plan =
                new RestorePlan("state-hub-db", LIVE, INTO, Optional.empty(), Optional.empty(), DEADLINE, false);
        drill.add(new RestoreDrill(
                plan,
                new Meanwhile(client, -1, 0),
                new Checks(),
                clock,
                () -> drill.get(0).stop(),
                told::add));

        RestoreOutcome outcome = drill.get(0).run();

        assertThat(outcome.failed())
                .hasValueSatisfying(step -> assertThat(step.said())
                        .isEqualTo("broken off while Cluster state-hub-db was: Setting up primary"));
        assertThat(outcome.verdict()).isEqualTo(RestoreVerdict.STOPPED);
        assertThat(inTheIsolatedNamespace()).isEmpty();
        assertThat(annotations()).doesNotContain("restore-verified-at");
    }

    @Test
    void aClusterThatArchivesNowhereCanNotBeRestored() {
        RestoreOutcome outcome = run(false, new Meanwhile(client, -1, 0) {
            @Override
            public Optional<GenericKubernetesResource> get(DrillKind kind, String namespace, String name) {
                Optional<GenericKubernetesResource> found = super.get(kind, namespace, name);
                found.ifPresent(object -> object.setAdditionalProperty("spec", Map.of("instances", 3)));
                return found;
            }
        });

        assertThat(outcome.failed())
                .hasValueSatisfying(step -> assertThat(step.said()).contains("names no barmanObjectName"));
    }

    @Test
    void besideTheLiveClusterNothingIsRestored() {
        assertThatThrownBy(() -> new RestorePlan(
                        "state-hub-db", LIVE, LIVE, Optional.empty(), Optional.empty(), DEADLINE, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be another one");
    }
}

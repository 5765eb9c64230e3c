package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.statehub.sidecar.config.EnvironmentCheck;
import io.statehub.sidecar.manifests.Grants.Grant;
import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The charts, as helm renders them: the same objects as kustomize makes, and as strict with what is asked of them. */
class HelmChartTest {

    private static final Path CHARTS = Path.of("src", "main", "helm");
    private static final String SIDECAR = "state-hub-sidecar.";
    private static final StrictSchema SCHEMA = new StrictSchema();

    /** What an overlay has and an API's chart hasn't: its namespace, and the database. */
    private static final Set<String> OF_THE_OVERLAY_ALONE =
            Set.of("Namespace", "Cluster", "ObjectStore", "ScheduledBackup", "Job", "NetworkPolicy state-hub-db in");

    @BeforeEach
    void helm() {
        Program.require("helm", "kubectl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state-hub-sidecar", "state-hub"})
    void aChartPassesItsLinter(String chart) {
        Program.Ended ended = Program.run(
                List.of("helm", "lint", "--strict", CHARTS.resolve(chart).toString()));

        assertThat(ended.code()).as(ended.output()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"production,state-hub,replicas=3,", "staging,state-hub-staging,replicas=2,-staging"})
    void theExampleIsWhatKustomizeMakes(String overlay, String namespace, String replicas, String suffix) {
        String given = suffix == null ? "" : suffix;

        Map<String, Object> chart = byName(rendered(namespace, replicas, SIDECAR + "rights.suffix=" + given));

        Map<String, Object> kustomized = byName(Rendered.of("overlays/" + overlay));
        kustomized.keySet().removeIf(HelmChartTest::ofTheOverlayAlone);
        assertThat(chart.keySet()).isEqualTo(kustomized.keySet());
        kustomized.forEach(
                (name, object) -> assertThat(chart.get(name)).as(name).isEqualTo(object));
    }

    @Test
    void theRulesAreThoseOfTheOtherWay() {
        Map<String, Object> chart = byName(rendered("state-hub", SIDECAR + "monitoring.rules=true"));
        Map<String, Object> kustomized = byName(Rendered.of(Rendered.MONITORING));

        assertThat(spec(chart, "PrometheusRule state-hub-sidecar in state-hub"))
                .isEqualTo(spec(kustomized, "PrometheusRule state-hub-sidecar in monitoring"));
    }

    @Test
    void everyObjectHasOnlyFieldsOfItsKindWithEveryValueSet() {
        List<Map<String, Object>> objects = everythingSet();

        assertThat(objects)
                .hasSizeGreaterThan(10)
                .flatExtracting(SCHEMA::faults)
                .isEmpty();
        PodSpec pod = pod(objects);
        assertThat(pod.getPriorityClassName()).isEqualTo("important");
        assertThat(pod.getImagePullSecrets()).singleElement().matches(it -> "registry".equals(it.getName()));
        assertThat(sidecar(objects).getImagePullPolicy()).isEqualTo("Always");
    }

    private static List<Map<String, Object>> everythingSet() {
        return rendered(
                "other",
                "imagePullSecrets[0].name=registry",
                "priorityClassName=important",
                "databaseSecret=pg-owner",
                SIDECAR + "image.pullPolicy=Always",
                SIDECAR + "cluster=pg",
                SIDECAR + "serviceAccount=api",
                SIDECAR + "selectorLabels.app=api",
                SIDECAR + "settings.STATEHUB_POSTGRES_SSLMODE=verify-full",
                SIDECAR + "settings.STATEHUB_KUBERNETES_LEASE=our-lease",
                SIDECAR + "rights.longhornNamespace=storage",
                SIDECAR + "monitoring.rules=true",
                SIDECAR + "monitoring.release=prom");
    }

    @Test
    void otherNamesAreUsedEverywhere() {
        List<Map<String, Object>> objects = everythingSet();

        assertThat(pod(objects).getVolumes())
                .extracting(Volume::getSecret)
                .filteredOn(Objects::nonNull)
                .extracting(secret -> secret.getSecretName())
                .containsExactlyInAnyOrder("pg-sidecar", "pg-ca");
        assertThat(settings(objects))
                .containsEntry("STATEHUB_POSTGRES_URL", "jdbc:postgresql://pg-rw:5432/state_hub")
                .containsEntry("STATEHUB_POSTGRES_PASSWORD_FILE", "/run/secrets/pg-sidecar/password")
                .containsEntry("STATEHUB_POSTGRES_SSLMODE", "verify-full")
                .containsEntry("STATEHUB_KUBERNETES_CLUSTER", "pg")
                .containsEntry("STATEHUB_KUBERNETES_LONGHORN_NAMESPACE", "storage")
                .containsEntry("STATEHUB_KUBERNETES_API_SELECTOR", "app=api,app.kubernetes.io/name=state-hub");
        assertThat(new Grants(objects)
                        .refused(List.of(lease("our-lease", "patch"), lease("pg", "watch"), volumes("storage"))))
                .isEmpty();
        assertThat(objects.toString())
                .doesNotContain("state-hub-db", "namespace=state-hub", "longhorn-system", "kube-prometheus-stack");
    }

    private static Grant lease(String name, String verb) {
        return new Grant(verb, "coordination.k8s.io", "leases", "other", name);
    }

    private static Grant volumes(String namespace) {
        return new Grant("watch", "longhorn.io", "volumes", namespace, "");
    }

    @Test
    void everyVariableIsASettingAndNoneIsThereTwice() {
        List<String> names = sidecar(everythingSet()).getEnv().stream()
                .map(variable -> variable.getName())
                .toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(EnvironmentCheck.problems(names)).isEmpty();
    }

    @Test
    void withoutRightsOutsideOfTheNamespaceNothingThereIsWatched() {
        List<Map<String, Object>> objects = rendered("state-hub", SIDECAR + "rights.outsideOfTheNamespace=false");

        assertThat(byName(objects).keySet()).noneMatch(name -> name.startsWith("ClusterRole"));
        assertThat(settings(objects).get("STATEHUB_KUBERNETES_WATCH"))
                .isEqualTo("cluster,lease,failover-quorum,instance-pods,api-pods,claims,backups,scheduled-backups,"
                        + "object-stores");
    }

    @ParameterizedTest
    @CsvSource({
        "state-hub-sidecar.imgae=x, imgae",
        "replica=2, replica",
        "image.tag=latest, tag",
        "state-hub-sidecar.image.tag=latest, tag",
        "state-hub-sidecar.settings.STATEHUB_KUBERNETES_WATCH.x=1, STATEHUB_KUBERNETES_WATCH",
        "state-hub-sidecar.settings.statehub=1, statehub",
        "state-hub-sidecar.apiUrl=localhost:8000, apiUrl"
    })
    void aValueThatIsNotAllowedIsNamed(String value, String named) {
        Program.Ended ended = helm("state-hub", value);

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("values don't meet the specifications", named);
    }

    private static boolean ofTheOverlayAlone(String name) {
        return OF_THE_OVERLAY_ALONE.stream().anyMatch(start -> name.startsWith(start + " "));
    }

    private static Program.Ended helm(String namespace, String... values) {
        List<String> command = new ArrayList<>(List.of(
                "helm", "template", "state-hub", CHARTS.resolve("state-hub").toString(), "--namespace", namespace));
        Stream.of(values).forEach(value -> command.addAll(List.of("--set", value)));
        return Program.run(command);
    }

    private static List<Map<String, Object>> rendered(String namespace, String... values) {
        Program.Ended ended = helm(namespace, values);
        assertThat(ended.code()).as(ended.output()).isZero();
        // It says of each symbolic link that it follows it.
        String yaml = ended.output()
                .lines()
                .filter(line -> !line.startsWith("level=INFO"))
                .collect(Collectors.joining("\n"));
        try {
            return Rendered.objects(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects by kind and name; variables and volumes go by their names, and their order says nothing. */
    private static Map<String, Object> byName(List<Map<String, Object>> objects) {
        Map<String, Object> byName = new TreeMap<>();
        for (Map<String, Object> object : objects) {
            Map<?, ?> metadata = (Map<?, ?>) Objects.requireNonNull(object.get("metadata"));
            byName.put(
                    object.get("kind") + " " + metadata.get("name") + " in " + metadata.get("namespace"),
                    unordered(object));
        }
        return byName;
    }

    private static Object unordered(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, inner) -> sorted.put(String.valueOf(key), unordered(inner)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            List<Object> elements = list.stream().map(HelmChartTest::unordered).toList();
            boolean named =
                    elements.stream().allMatch(element -> element instanceof Map<?, ?> map && map.containsKey("name"));
            return named
                    ? elements.stream()
                            .sorted((one, other) -> one.toString().compareTo(other.toString()))
                            .toList()
                    : elements;
        }
        return value;
    }

    private static Object spec(Map<String, Object> objects, String name) {
        return Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(objects.get(name))).get("spec"));
    }

    private static PodSpec pod(List<Map<String, Object>> objects) {
        return objects.stream()
                .filter(object -> "Deployment".equals(object.get("kind")))
                .map(object -> Rendered.as(Deployment.class, object))
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static Container sidecar(List<Map<String, Object>> objects) {
        return pod(objects).getInitContainers().get(0);
    }

    private static Map<String, String> settings(List<Map<String, Object>> objects) {
        return sidecar(objects).getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(variable -> variable.getName(), variable -> variable.getValue()));
    }
}

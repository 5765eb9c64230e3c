package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.statehub.sidecar.config.EnvironmentCheck;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {

    private static final StrictSchema SCHEMA = new StrictSchema();

    static List<String> all() {
        return Rendered.ALL;
    }

    private static Deployment deployment(String directory) {
        return Rendered.of(directory).stream()
                .filter(object -> "Deployment".equals(object.get("kind")))
                .map(object -> Rendered.as(Deployment.class, object))
                .findFirst()
                .orElseThrow();
    }

    private static PodSpec pod(String directory) {
        return deployment(directory).getSpec().getTemplate().getSpec();
    }

    private static List<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .toList();
    }

    /** Those of the API's pods, and of the jobs. */
    private static List<Container> allContainers(String directory) {
        Stream<Container> ofJobs = Rendered.of(directory).stream()
                .filter(object -> "Job".equals(object.get("kind")))
                .flatMap(object ->
                        containers(Rendered.as(Job.class, object)
                                        .getSpec()
                                        .getTemplate()
                                        .getSpec())
                                .stream());
        return Stream.concat(containers(pod(directory)).stream(), ofJobs).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyObjectHasOnlyFieldsOfItsKind(String directory) {
        List<Map<String, Object>> objects = Rendered.of(directory);

        assertThat(objects).hasSizeGreaterThan(7);
        assertThat(objects).flatExtracting(SCHEMA::faults).isEmpty();
    }

    @Test
    void theObjectsForMonitoringAreOfTheirKinds() {
        List<Map<String, Object>> objects = Rendered.of(Rendered.MONITORING);

        assertThat(objects)
                .extracting(object -> Objects.toString(object.get("kind")))
                .contains("PrometheusRule");
        assertThat(objects).flatExtracting(SCHEMA::faults).isEmpty();
    }

    @Test
    void aFieldThatIsMisspeltIsFound() throws IOException {
        assertThat(faults("""
                apiVersion: apps/v1
                kind: Deployment
                spec: {template: {spec: {containers: [{name: api, imagePullPolcy: Always}]}}}
                """)).singleElement().asString().contains("imagePullPolcy");
        assertThat(faults("""
                apiVersion: postgresql.cnpg.io/v1
                kind: Cluster
                metadata: {name: db, labls: {}}
                spec: {instances: "3", instanses: 3, postgresql: {synchronous: {method: some}}}
                """))
                .hasSize(4)
                .anyMatch(fault -> fault.contains("labls"))
                .contains(
                        "Cluster: spec.instances is '3', and must be integer",
                        "Cluster: spec.instanses is no field of it",
                        "Cluster: spec.postgresql.synchronous.method is 'some', and must be string (any, first)");
        assertThat(faults("kind: Mystery")).containsExactly("no schema is known of the kind Mystery");
    }

    private static List<String> faults(String yaml) throws IOException {
        return SCHEMA.faults(Rendered.objects(yaml).get(0));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyContainerKeepsToPodSecurityRestricted(String directory) {
        PodSpec pod = pod(directory);

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        for (Container container : allContainers(directory)) {
            SecurityContext security = container.getSecurityContext();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/staging", "overlays/production"})
    void theNamespaceEnforcesPodSecurity(String directory) {
        assertThat(Rendered.of(directory).stream().filter(object -> "Namespace".equals(object.get("kind"))))
                .singleElement()
                .asString()
                .contains("pod-security.kubernetes.io/enforce=restricted");
    }

    @ParameterizedTest
    @MethodSource("all")
    void noSecretIsRenderedAndNoPasswordWritten(String directory) {
        assertThat(Rendered.of(directory)).noneMatch(object -> "Secret".equals(object.get("kind")));
        assertThat(containers(pod(directory)))
                .flatExtracting(Container::getEnv)
                .filteredOn(variable -> variable.getName().matches(".*(PASSWORD|TOKEN|DATABASE_URL|SECRET).*"))
                .isNotEmpty()
                .allMatch(variable -> variable.getName().endsWith("_FILE")
                        || variable.getValueFrom().getSecretKeyRef() != null);
    }

    @ParameterizedTest
    @MethodSource("all")
    void onlyTheSidecarHasTheTokenOfTheApiServer(String directory) {
        PodSpec pod = pod(directory);

        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(containers(pod))
                .filteredOn(container -> container.getVolumeMounts().stream()
                        .anyMatch(mount -> mount.getName().equals("api-server-token")))
                .extracting(Container::getName)
                .containsExactly("state-hub-sidecar");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyImageIsPinned(String directory) {
        assertThat(allContainers(directory))
                .extracting(Container::getImage)
                .allMatch(image -> image.matches(".+:\\d.*") && !image.endsWith("latest"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyVariableIsASetting(String directory) {
        List<String> variables = allContainers(directory).stream()
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getName)
                .filter(name -> name.startsWith("STATEHUB_"))
                .toList();

        assertThat(variables).contains("STATEHUB_POSTGRES_DISCOVERY", "STATEHUB_KUBERNETES_CLUSTER");
        assertThat(EnvironmentCheck.problems(variables)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSidecarIsANativeOneWithProbesOfItsOwn(String directory) {
        Container sidecar = pod(directory).getInitContainers().get(0);

        assertThat(sidecar.getRestartPolicy()).isEqualTo("Always");
        assertThat(path(sidecar.getStartupProbe())).isEqualTo("/q/health/started");
        assertThat(path(sidecar.getReadinessProbe())).isEqualTo("/q/health/ready");
        assertThat(path(sidecar.getLivenessProbe())).isEqualTo("/q/health/live");
        assertThat(sidecar.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(sidecar.getResources().getLimits()).containsKey("memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/staging", "overlays/production", Rendered.MONITORING})
    void whatThePrometheusOperatorIsToTakeHasTheLabelOfTheRelease(String directory) {
        assertThat(Rendered.of(directory))
                .filteredOn(object -> "monitoring.coreos.com/v1".equals(object.get("apiVersion")))
                .isNotEmpty()
                .allSatisfy(object -> assertThat(object.toString()).contains("release=kube-prometheus-stack"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void noProbeOfTheApiGoesThroughTheSidecar(String directory) {
        Container api = pod(directory).getContainers().get(0);

        assertThat(api.getLivenessProbe().getHttpGet().getPort().getStrVal()).isEqualTo("http");
        assertThat(api.getStartupProbe().getHttpGet().getPort().getStrVal()).isEqualTo("http");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aNetworkPolicyGoesByNumbersOfPortsThatAreOpenThere(String directory) {
        List<Integer> open = containers(pod(directory)).stream()
                .flatMap(container -> container.getPorts().stream())
                .map(ContainerPort::getContainerPort)
                .toList();
        List<NetworkPolicy> policies = Rendered.of(directory).stream()
                .filter(object -> "NetworkPolicy".equals(object.get("kind")))
                .map(object -> Rendered.as(NetworkPolicy.class, object))
                .toList();

        assertThat(policies)
                .isNotEmpty()
                .flatExtracting(policy -> policy.getSpec().getIngress())
                .flatExtracting(NetworkPolicyIngressRule::getPorts)
                .allMatch(port -> port.getPort().getIntVal() != null);
        assertThat(policies)
                .filteredOn(policy -> policy.getMetadata().getName().equals("state-hub"))
                .flatExtracting(policy -> policy.getSpec().getIngress())
                .flatExtracting(NetworkPolicyIngressRule::getPorts)
                .extracting(port -> port.getPort().getIntVal())
                .containsExactlyInAnyOrderElementsOf(open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/staging", "overlays/production"})
    void theImageOfTheDatabaseIsPinnedByFullVersionAndDigest(String directory) {
        assertThat(Rendered.of(directory))
                .filteredOn(object -> "Cluster".equals(object.get("kind")))
                .extracting(object ->
                        Objects.toString(((Map<?, ?>) Objects.requireNonNull(object.get("spec"))).get("imageName")))
                .singleElement()
                .asString()
                .matches("[a-z./-]+/postgresql:\\d+\\.\\d+[a-z0-9.-]*@sha256:[0-9a-f]{64}");
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    @ParameterizedTest
    @MethodSource("all")
    void noPodLeavesBeforeItsSuccessorIsReadyAndPodsAreSpread(String directory) {
        Deployment deployment = deployment(directory);

        assertThat(deployment
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal())
                .isZero();
        assertThat(pod(directory).getTopologySpreadConstraints())
                .singleElement()
                .matches(constraint -> constraint.getTopologyKey().equals("kubernetes.io/hostname"))
                .matches(
                        constraint -> "Honor".equals(constraint.getNodeTaintsPolicy()), "no pod on a lost node counts");
        assertThat(Rendered.of(directory))
                .extracting(object -> Objects.toString(object.get("kind")))
                .contains("PodDisruptionBudget", "PodMonitor", "NetworkPolicy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/staging", "overlays/production"})
    void rightsOfTheStorageStayInItsNamespaceAndGoToTheServiceAccountOfOurs(String directory) {
        String namespace =
                Objects.requireNonNull(deployment(directory).getMetadata().getNamespace());
        List<Map<String, Object>> bindings = Rendered.of(directory).stream()
                .filter(object -> Objects.toString(object.get("kind")).endsWith("RoleBinding"))
                .toList();

        assertThat(bindings)
                .hasSize(3)
                .allSatisfy(binding -> assertThat(binding.toString())
                        .contains("kind=ServiceAccount, name=state-hub, namespace=" + namespace + "}"));
        assertThat(bindings)
                .filteredOn(binding -> binding.toString().contains("namespace=longhorn-system"))
                .hasSize(1);
    }
}

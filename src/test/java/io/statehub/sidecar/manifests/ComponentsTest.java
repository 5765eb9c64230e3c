package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.statehub.sidecar.config.EnvironmentCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The components that an overlay takes or leaves: together they are whole, strict, and as restricted as the rest. */
class ComponentsTest {

    private static final String[] ALL = {
        "encrypted-dump", "restore-drill", "scheduled-drills", "api-drill", "priority", "private-registry"
    };

    private static List<Map<String, Object>> objects() {
        return Rendered.productionWith(ALL);
    }

    private static <T> List<T> each(Class<T> kind) {
        return objects().stream()
                .filter(object -> kind.getSimpleName().equals(object.get("kind")))
                .map(object -> Rendered.as(kind, object))
                .toList();
    }

    private static List<PodSpec> pods() {
        return Stream.of(
                        each(Deployment.class).stream()
                                .map(it -> it.getSpec().getTemplate().getSpec()),
                        each(Job.class).stream()
                                .map(it -> it.getSpec().getTemplate().getSpec()),
                        each(CronJob.class).stream()
                                .map(it -> it.getSpec()
                                        .getJobTemplate()
                                        .getSpec()
                                        .getTemplate()
                                        .getSpec()))
                .flatMap(each -> each)
                .toList();
    }

    private static List<Container> containers() {
        return pods().stream()
                .flatMap(pod -> Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()))
                .toList();
    }

    @Test
    void everyObjectHasOnlyFieldsOfItsKindAndIsInItsNamespace() {
        assertThat(objects()).flatExtracting(new StrictSchema()::faults).isEmpty();
        assertThat(each(CronJob.class))
                .isNotEmpty()
                .allMatch(job -> "state-hub".equals(job.getMetadata().getNamespace()));
    }

    @Test
    void everyContainerKeepsToPodSecurityRestrictedAndHasALimitOfMemory() {
        assertThat(pods()).allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        });
        assertThat(containers()).hasSizeGreaterThan(3).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getImage()).matches("ghcr.io/example/[a-z-]+:\\d.*");
        });
    }

    @Test
    void everyVariableIsASetting() {
        assertThat(EnvironmentCheck.problems(containers().stream()
                        .flatMap(container -> container.getEnv().stream())
                        .map(variable -> variable.getName())
                        .filter(name -> name.startsWith("STATEHUB_"))
                        .toList()))
                .isEmpty();
    }

    @Test
    void everyPodGetsItsImageFromAPrivateRegistryAndSoDoesTheDatabase() {
        assertThat(pods())
                .allSatisfy(pod -> assertThat(pod.getImagePullSecrets())
                        .extracting(LocalObjectReference::getName)
                        .containsExactly("state-hub-registry"));
        assertThat(cluster().toString()).contains("imagePullSecrets=[{name=state-hub-registry}]");
    }

    @Test
    void theDatabaseOutranksTheApiAndBothHaveAPriorityThatIsThere() {
        assertThat(each(Deployment.class))
                .allMatch(it ->
                        "state-hub".equals(it.getSpec().getTemplate().getSpec().getPriorityClassName()));
        assertThat(cluster().get("priorityClassName")).isEqualTo("state-hub-database");
        assertThat(priority("state-hub-database"))
                .isGreaterThan(priority("state-hub"))
                .isLessThan(1_000_000_000);
    }

    private static int priority(String name) {
        return objects().stream()
                .filter(object -> "PriorityClass".equals(object.get("kind"))
                        && Objects.toString(object.get("metadata")).contains("name=" + name + "}"))
                .map(object -> (Integer) Objects.requireNonNull(object.get("value")))
                .findFirst()
                .orElseThrow();
    }

    private static Map<?, ?> cluster() {
        return objects().stream()
                .filter(object -> "Cluster".equals(object.get("kind")))
                .map(object -> (Map<?, ?>) Objects.requireNonNull(object.get("spec")))
                .findFirst()
                .orElseThrow();
    }

    /** The role that a container logs in as, and where its password is. */
    private static Stream<String> logins(PodSpec pod) {
        return pod.getContainers().stream()
                .flatMap(container -> container.getEnv().stream())
                .filter(variable ->
                        "STATEHUB_POSTGRES_USERNAME".equals(variable.getName()) && variable.getValue() != null)
                .map(EnvVar::getValue)
                .flatMap(role -> pod.getVolumes().stream()
                        .filter(volume -> "database-role".equals(volume.getName()))
                        .map(volume -> role + " by " + volume.getSecret().getSecretName()));
    }

    @Test
    void theOperatorMakesEveryRoleThatIsLoggedInAsAndGivesItNoMoreThanItNeeds() {
        List<ManagedRole> roles = ManagedRole.all(cluster());

        assertThat(roles)
                .extracting(role -> role.name() + " by " + role.secret())
                .containsAll(pods().stream().flatMap(ComponentsTest::logins).toList());
        assertThat(roles)
                .contains(new ManagedRole(
                        "state_hub_drill",
                        "state-hub-db-drill",
                        "{connectionLimit=6, ensure=present, inRoles=[pg_read_all_data], login=true}"));
        assertThat(roles)
                .allSatisfy(role -> assertThat(role.rest())
                        .doesNotContain("superuser", "createdb", "createrole", "bypassrls", "replication"));
    }

    /**
     * A role that the operator makes.
     *
     * @param secret where its password is
     * @param rest all that is said of it beside that, by name
     */
    private record ManagedRole(String name, String secret, String rest) {

        private static List<ManagedRole> all(Map<?, ?> cluster) {
            List<?> roles = (List<?>) within(within(cluster, "managed"), "roles");
            return roles.stream().map(role -> of((Map<?, ?>) role)).toList();
        }

        private static ManagedRole of(Map<?, ?> role) {
            Map<Object, Object> rest = new TreeMap<>(role);
            rest.keySet().removeAll(List.of("name", "passwordSecret"));
            return new ManagedRole(
                    within(role, "name").toString(),
                    within(within(role, "passwordSecret"), "name").toString(),
                    rest.toString());
        }

        private static Object within(Object fields, String name) {
            return Objects.requireNonNull(((Map<?, ?>) fields).get(name), name);
        }
    }

    /** {@code pg_dump} must not be older than the server. */
    @Test
    void theImageOfTheDumpIsMadeFromTheDatabases() throws IOException {
        assertThat(Files.readString(Path.of("Dockerfile.dump")))
                .contains("FROM " + cluster().get("imageName") + "\n");
    }

    @Test
    void whateverMayReachNamesMayDoSoWithNodeLocalDns() {
        List<NetworkPolicyEgressRule> names = each(NetworkPolicy.class).stream()
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .filter(rule -> rule.getPorts().stream()
                        .anyMatch(port -> port.getPort().getIntVal().equals(53)))
                .toList();

        assertThat(names)
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.getTo())
                        .anyMatch(to -> to.getIpBlock() != null
                                && "169.254.20.10/32".equals(to.getIpBlock().getCidr())));
    }

    @Test
    void whoeverAsksTheDatabaseIsLetIn() {
        List<String> clients = pods().stream()
                .filter(pod -> pod.toString().contains("state-hub-db-"))
                .map(PodSpec::toString)
                .toList();
        String policies = each(NetworkPolicy.class).stream()
                .filter(policy -> policy.getSpec().getPodSelector().toString().contains("cnpg.io/cluster"))
                .toList()
                .toString();

        assertThat(clients).hasSize(7);
        assertThat(policies)
                .contains(
                        "app.kubernetes.io/name=state-hub}",
                        "app.kubernetes.io/name=state-hub-migrate}",
                        "app.kubernetes.io/name=state-hub-dump}",
                        "app.kubernetes.io/name=state-hub-drill}",
                        "app.kubernetes.io/name=state-hub-restore-drill}");
    }
}

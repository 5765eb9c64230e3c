package io.statehub.sidecar.it;

import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.testing.MemoryGroup;
import io.statehub.sidecar.testing.ProcessUsage;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.testing.lab.ForwardingProxy;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.ImageOptions;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the packaged sidecar, on a real cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class CommandsIT {

    private static final Logger LOG = Logger.getLogger(CommandsIT.class);

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private PostgresLab lab;
    private StandInApi api;

    private record Ended(int code, String output, List<String> errors) {}

    @BeforeAll
    void start() {
        lab = SharedLab.asNew();
        api = StandInApi.start(lab.writeUrl());
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "STATEHUB_API_URL",
                api.url(),
                "STATEHUB_POSTGRES_URL",
                lab.writeUrl(),
                "STATEHUB_POSTGRES_MEMBERS",
                lab.membersSetting(),
                "STATEHUB_POSTGRES_USERNAME",
                LabRoles.SIDECAR,
                "STATEHUB_POSTGRES_PASSWORD",
                LabRoles.SIDECAR_PASSWORD,
                // A JVM that starts on a loaded machine may take longer than a second over its first request.
                "STATEHUB_PROBE_INTERVAL",
                "30s",
                "STATEHUB_PROBE_STALE_AFTER",
                "5m",
                "STATEHUB_API_READINESS_INTERVAL",
                "30s",
                "STATEHUB_API_LIVENESS_TIMEOUT",
                "4s",
                "STATEHUB_API_READINESS_TIMEOUT",
                "4s"));
    }

    /** The same for what looks several times, each time for as long as the slowest answer may take. */
    private Map<String, String> lookingOften() {
        Map<String, String> environment = environment();
        environment.put("STATEHUB_PROBE_INTERVAL", "2s");
        environment.put("STATEHUB_API_LIVENESS_TIMEOUT", "1900ms");
        environment.put("STATEHUB_API_READINESS_TIMEOUT", "1900ms");
        return environment;
    }

    private static Ended ended(Map<String, String> environment, int port, String... arguments) {
        try (SidecarProcess process = SidecarProcess.command(environment, port, arguments)) {
            int code = process.awaitExit(DEADLINE).code();
            return new Ended(code, process.output(), process.errorLines());
        }
    }

    private static Ended ended(Map<String, String> environment, String... arguments) {
        return ended(environment, FreePorts.next(), arguments);
    }

    @Test
    void helpAndVersionNeedNoSettings() {
        assertThat(ended(Map.of(), "--version").code()).isZero();
        Ended help = ended(Map.of(), "report", "readiness", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.output()).startsWith("Usage: state-hub-sidecar report readiness");
    }

    @Test
    void everythingThatWorksPassesAndThePortIsNotNeeded() throws IOException {
        Map<String, String> environment = environment();
        environment.put(
                "STATEHUB_POSTGRES_READ_URL",
                "jdbc:postgresql://" + lab.members().get(1).address() + "/statehub");
        environment.put("API_BASE", api.url());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = ended(environment, taken.getLocalPort(), "verify", "access", "--json", "--timeout", "20");

            assertThat(ended.errors()).isEmpty();
            JsonPath report = JsonPath.from(ended.output());
            assertThat(report.getBoolean("passed")).as(ended.output()).isTrue();
            assertThat(report.getList("steps.result")).containsOnly("PASS");
            assertThat(report.getList("steps.target")).containsOnly("api", "write endpoint", "read endpoint", "mcp");
            assertThat(report.getList("steps.evidence"))
                    .contains("HTTP 200", "a primary that takes writes", "a standby");
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void eachStepThatFailsIsNamedAndTheStepsAfterItAreSkipped() {
        try (ForwardingProxy hole =
                new ForwardingProxy("hole", lab.primary().proxy().port())) {
            hole.drop();
            Map<String, String> environment = environment();
            environment.put("STATEHUB_API_URL", "http://localhost:" + FreePorts.next());
            environment.put("STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:" + hole.port() + "/statehub");
            environment.put("STATEHUB_POSTGRES_READ_URL", "jdbc:postgresql://no-such-host.invalid/statehub");

            Ended ended = ended(environment, "verify", "access", "--json", "--timeout", "1");

            JsonPath report = JsonPath.from(ended.output());
            assertThat(failed(report))
                    .containsExactly(
                            "api connect: connection refused",
                            "write endpoint log: no answer in time",
                            "read endpoint resolve: name has no address");
            assertThat(report.getList("steps.findAll { it.target == 'read endpoint' }.result"))
                    .containsExactly("FAIL", "SKIPPED", "SKIPPED");
            assertThat(ended.code()).isEqualTo(1);
        }
    }

    private static List<String> failed(JsonPath report) {
        return report.<Map<String, Object>>getList("steps").stream()
                .filter(step -> "FAIL".equals(step.get("result")))
                .map(step -> step.get("target") + " " + word(step.get("step")) + ": " + told(step.get("evidence")))
                .toList();
    }

    /** What is said of a step, without of whom. */
    private static String told(@Nullable Object text) {
        return String.valueOf(text).replaceAll(" \\(.*", "");
    }

    private static String word(@Nullable Object text) {
        return String.valueOf(text).replaceAll(" .*", "");
    }

    @Test
    void aStandbyBehindTheWriteEndpointFailsAndIsFiledForItsMachineAndCluster(@TempDir Path directory)
            throws EvidenceException {
        Map<String, String> environment = environment();
        environment.put(
                "STATEHUB_POSTGRES_URL",
                "jdbc:postgresql://" + lab.members().get(1).address() + "/statehub");

        Ended ended = ended(environment, "verify", "access", "--evidence", directory.toString(), "--machine", "laptop");

        EvidenceItem filed = EvidenceStore.at(directory).items().get(0);
        assertThat(ended.errors()).containsExactly("filed as " + filed.id() + " in " + directory);
        assertThat(filed.verdict()).isEqualTo(EvidenceVerdict.FAILED);
        assertThat(filed.details()).containsEntry("machine", "laptop");
        assertThat(filed.systemIdentifier().map(SystemIdentifier::toString))
                .isEqualTo(lab.primary().server().query("SELECT system_identifier FROM pg_control_system()"));
        assertThat(EvidenceStore.at(directory).verify()).isEmpty();
        assertThat(ended.output()).contains("a standby that takes no writes; allowed: a primary that does");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).doesNotContain(LabRoles.SIDECAR_PASSWORD);
    }

    /**
     * From the cluster, and from a machine outside of it: through a tunnel to the services, and through one to a pod.
     */
    @Test
    void afterASwitchoverServicesLeadToTheNewPrimaryFromBothPlacesAndATunnelToAPodDoesNot() {
        int formerPrimary = lab.primary().proxy().port();
        lab.switchover(lab.bestStandby().orElseThrow());
        try (ForwardingProxy toTheService =
                        new ForwardingProxy("write service", lab.writeEndpoint().port());
                ForwardingProxy toThePod = new ForwardingProxy("pod", formerPrimary);
                ForwardingProxy toTheApi = new ForwardingProxy("api", api.port())) {
            Map<String, String> inside = environment();
            inside.put("API_BASE", api.url());
            Map<String, String> outside = environment();
            outside.put("STATEHUB_API_URL", "http://127.0.0.1:" + toTheApi.port());
            outside.put("API_BASE", "http://127.0.0.1:" + toTheApi.port());
            outside.put("STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:" + toTheService.port() + "/statehub");
            Map<String, String> toThatPod = new HashMap<>(outside);
            toThatPod.put("STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:" + toThePod.port() + "/statehub");

            for (Map<String, String> place : List.of(inside, outside)) {
                Ended ended = ended(place, "verify", "access", "--json", "--timeout", "20");
                assertThat(ended.code()).as(ended.output()).isZero();
                assertThat(JsonPath.from(ended.output()).getList("steps.evidence"))
                        .contains("a primary that takes writes");
            }
            Ended ended = ended(toThatPod, "verify", "access", "--json", "--timeout", "20");
            assertThat(ended.output()).contains("a standby that takes no writes; allowed: a primary that does");
            assertThat(ended.code()).isEqualTo(1);
        } finally {
            lab = SharedLab.asNew();
        }
    }

    @Test
    void aWrongBaseOfTheApiIsRefusedWithWhatIsAllowed() {
        Map<String, String> environment = environment();
        environment.put("API_BASE", "localhost:8000");

        Ended ended = ended(environment, "verify", "access");

        assertThat(ended.errors())
                .first()
                .isEqualTo(
                        "API_BASE: 'localhost:8000' is not allowed: it must be http://host:port or https://host:port,"
                                + " with a path or without");
        assertThat(ended.code()).isEqualTo(2);
    }

    private KeepingApiServer kubernetes(UnaryOperator<FixtureCluster> change) {
        FixtureCluster cluster = FixtureCluster.sound(Instant.now());
        lab.members()
                .forEach(member -> cluster.placed(
                        member.name(), "127.0.0.1", member.proxy().port()));
        return new KeepingApiServer().with(change.apply(cluster));
    }

    /** Looks several times, so that two of them are made side by side. */
    private Ended readiness(KeepingApiServer kubernetes, String... options) {
        Map<String, String> environment = lookingOften();
        environment.remove("STATEHUB_POSTGRES_MEMBERS");
        environment.putAll(FixtureCluster.environment(kubernetes.url()));
        return ended(
                environment,
                Stream.concat(Stream.of("report", "readiness"), Arrays.stream(options))
                        .toArray(String[]::new));
    }

    @Test
    void aClusterThatIsSynchronousByItsSpecAloneFailsTheReportAndSoDoesAnyOtherFault(@TempDir Path directory)
            throws EvidenceException {
        Path file = directory.resolve("report.json");
        Path evidence = directory.resolve("evidence");
        try (KeepingApiServer kubernetes = kubernetes(UnaryOperator.identity());
                KeepingApiServer withoutANode = kubernetes(cluster -> cluster.change(
                        "Node",
                        "railiance02",
                        it -> at(it, "status.conditions.3").put("status", "Unknown")))) {
            CompletableFuture<Ended> other = CompletableFuture.supplyAsync(
                    () -> readiness(withoutANode, "--format=json", "--output=" + file, "--evidence=" + evidence));

            // The servers of the lab replicate asynchronously, and archive nothing.
            Ended asynchronous = readiness(kubernetes);
            Ended faulty = other.join();

            assertThat(asynchronous.output()).startsWith("# Readiness of cluster pg");
            assertThat(asynchronous.output().lines())
                    .filteredOn(line -> line.startsWith("| FAIL") || line.startsWith("| UNKNOWN"))
                    .filteredOn(line -> !line.contains("own_process_late"))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("| FAIL | synchronous replication in effect |")
                                    .contains(" async", "at least 1 that commits wait for"),
                            line -> assertThat(line).startsWith("| FAIL | RPO, loss of a node |"),
                            line -> assertThat(line).startsWith("| UNKNOWN | RPO, loss of all nodes |"));
            assertThat(asynchronous.code()).isEqualTo(1);
            assertThat(kubernetes
                            .admin()
                            .leases()
                            .inNamespace(FixtureCluster.NAMESPACE)
                            .list()
                            .getItems())
                    .as("a report stands for no lease")
                    .extracting(lease -> lease.getMetadata().getName())
                    .containsExactly("pg");
            assertThat(faulty.output().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("FAIL: " + file),
                            line -> assertThat(line).startsWith("filed as "));
            assertThat(faulty.code()).isEqualTo(1);
            JsonPath report = JsonPath.from(file.toFile());
            assertThat(report.getString("sections.find { it.title == 'Nodes' }.lines"
                            + ".find { it.subject == 'railiance02' }.verdict"))
                    .isEqualTo("UNKNOWN");
            EvidenceStore store = EvidenceStore.at(evidence);
            EvidenceItem filed = store.items().get(0);
            assertThat(filed.kind()).isEqualTo(EvidenceKind.READINESS_REPORT);
            assertThat(filed.verdict()).isEqualTo(EvidenceVerdict.FAILED);
            assertThat(store.folderOf(filed).resolve("readiness.json")).hasSameTextualContentAs(file);
        }
    }

    /** As in the manifests. */
    private static final long CONTAINER_KIB = 256 << 10;

    /** In the sidecar's container, as {@code kubectl exec} runs one: both are one container's memory. */
    @Tag("thorough")
    @Test
    void aCommandBesideTheRunningSidecarFitsIntoTheContainer() {
        Map<String, String> environment = lookingOften();
        try (MemoryGroup group = MemoryGroup.limitedTo(CONTAINER_KIB << 10);
                SidecarProcess running = SidecarProcess.start(environment, FreePorts.next())) {
            group.add(running.pid());
            running.awaitReady(DEADLINE);
            String url = "http://127.0.0.1:" + running.port();
            for (List<String> typed : List.of(
                    List.of("status", "--url", url), List.of("report", "readiness"), List.of("verify", "access"))) {
                long most = mostOwnKib(environment, typed, group);
                long together = ProcessUsage.of(running.pid()).peakKib() + most;
                LOG.infof("%s: %d KiB, with the sidecar's peak %d KiB", typed, most, together);
                // The files of both are one another's, so the command's own memory is what it adds.
                assertThat(together).as("%s", typed).isLessThan(CONTAINER_KIB);
                assertThat(running.isRunning()).isTrue();
            }
            LOG.infof("the control group had %d KiB at most", group.peakBytes() >> 10);
            assertThat(group.killed()).isZero();
        }
    }

    private static long mostOwnKib(Map<String, String> environment, List<String> typed, MemoryGroup group) {
        AtomicLong most = new AtomicLong();
        try (SidecarProcess command = SidecarProcess.command(
                environment, FreePorts.next(), ImageOptions.ofACommand(), typed.toArray(String[]::new))) {
            group.add(command.pid());
            await().atMost(DEADLINE).pollInterval(Duration.ofMillis(50)).until(() -> {
                most.accumulateAndGet(ownKib(command), Math::max);
                return !command.isRunning();
            });
            // It has said what it found, which on a crowded machine may be that the sidecar was late itself.
            assertThat(command.awaitExit(DEADLINE).code())
                    .as(command.output())
                    .isIn(typed.contains("status") ? List.of(0, 1, 3) : List.of(0, 1));
        }
        return most.get();
    }

    private static long ownKib(SidecarProcess command) {
        try {
            return ProcessUsage.of(command.pid()).ownKib();
        } catch (UncheckedIOException | IllegalStateException ended) {
            return 0;
        }
    }
}

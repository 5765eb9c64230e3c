package io.statehub.sidecar.agent;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsTree;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.journal.Journal;
import io.statehub.sidecar.journal.file.BreakableDisk;
import io.statehub.sidecar.kubernetes.BoundedClients;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.testing.faults.Fault;
import io.statehub.sidecar.testing.faults.FaultCertificates;
import io.statehub.sidecar.testing.faults.FaultTarget;
import io.statehub.sidecar.testing.faults.FaultyApi;
import io.statehub.sidecar.testing.faults.FaultyKubernetes;
import io.statehub.sidecar.testing.faults.FaultyPostgres;
import io.statehub.sidecar.testing.faults.FaultyServer;
import io.statehub.sidecar.testing.faults.HostsFile;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The sidecar's own agent on servers that can fail, two rounds a second; several of them live in one process. */
final class FaultedSidecar implements AutoCloseable {

    /** How many kinds of objects: nodes. */
    static final int WATCHED = 1;

    private static final long JOURNAL_BYTES = 1 << 20;
    private static final String INTERVAL = "500ms";
    private static final String TIMEOUT = "480ms";
    private static final String STEP_TIMEOUT = "400ms";
    private static final int KUBERNETES_MILLIS = 2_000;
    private static final Duration HOUR = Duration.ofHours(1);
    /** One for all servers whose name never fails: each look-up reads the whole file of names. */
    private static final String SOUND_NAME = "sound";

    private final Map<FaultTarget, FaultyServer> servers = new EnumMap<>(FaultTarget.class);
    private final SkewedTime time = new SkewedTime();
    private final BreakableDisk disk = new BreakableDisk().forcingNothing();
    private final FaultWatch watch = new FaultWatch();
    private final HostsFile hosts;
    private final String endpointName;
    private final String soundName;
    private final KubernetesClient kubernetes;
    private final FailoverJournal journal;
    private final Agent agent;
    private final Snapshots snapshots;
    private volatile CountDownLatch hanging = new CountDownLatch(0);

    /**
     * Starts it.
     *
     * @param number of its own
     * @param directory for its journal, and with the certificate of the authority as {@code ca.pem}
     * @param certificates empty without TLS
     * @param behind the API server of Kubernetes that answers behind each one that can fail
     */
    FaultedSidecar(
            int number,
            Path directory,
            Optional<FaultCertificates> certificates,
            HostsFile hosts,
            URI behind,
            Vertx vertx) {
        this.hosts = hosts;
        servers.put(FaultTarget.API, new FaultyApi(certificates));
        servers.put(FaultTarget.WRITE_ENDPOINT, FaultyPostgres.primary(certificates));
        servers.put(FaultTarget.PRIMARY, FaultyPostgres.primary(certificates));
        servers.put(FaultTarget.FIRST_STANDBY, FaultyPostgres.standby(2, certificates));
        servers.put(FaultTarget.SECOND_STANDBY, FaultyPostgres.standby(3, certificates));
        servers.put(FaultTarget.KUBERNETES, new FaultyKubernetes(behind, certificates));
        this.endpointName = hosts.name("rw-" + number);
        this.soundName = hosts.name(SOUND_NAME);
        this.kubernetes = client(soundName, directory, certificates.isPresent(), vertx);
        Settings settings = settings(number, directory, certificates.isPresent());
        AgentSetup setup = new AgentSetup();
        Assessor assessor = setup.assessor(settings);
        FailoverTracker tracker = setup.tracker(settings);
        this.journal = new FailoverJournal(
                Optional.of(new Journal(
                        directory.resolve("journal-" + number), JOURNAL_BYTES, time, disk, Optional.of("matrix"))),
                HOUR);
        this.snapshots = setup.snapshots(time, settings, assessor, tracker);
        this.agent = new Agent(
                settings,
                time,
                vertx,
                assessor,
                tracker,
                snapshots,
                journal,
                new KubernetesAccess(settings, time, () -> kubernetes, RunMode.WATCH),
                List.of(journal, watch),
                RunMode.WATCH);
        agent.start(new StartupEvent());
        agent.listening();
    }

    private KubernetesClient client(String host, Path directory, boolean tls, Vertx vertx) {
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl((tls ? "https" : "http") + "://" + host + ":" + port(FaultTarget.KUBERNETES))
                .withNamespace(FixtureCluster.NAMESPACE)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(KUBERNETES_MILLIS)
                .withConnectionTimeout(KUBERNETES_MILLIS)
                .withWatchReconnectInterval(100);
        if (tls) {
            config.withCaCertFile(directory.resolve("ca.pem").toString());
        }
        return new KubernetesClientBuilder()
                .withConfig(config.build())
                .withHttpClientFactory(
                        new BoundedClients(vertx, Runtime.getRuntime().maxMemory(), WATCHED))
                .build();
    }

    private Settings settings(int number, Path directory, boolean tls) {
        Map<String, String> settings = new HashMap<>();
        settings.put("statehub.api.url", (tls ? "https" : "http") + "://" + soundName + ":" + port(FaultTarget.API));
        settings.put("statehub.api.connect-timeout", STEP_TIMEOUT);
        settings.put("statehub.api.tls-timeout", STEP_TIMEOUT);
        settings.put("statehub.api.liveness-timeout", TIMEOUT);
        settings.put("statehub.api.readiness-interval", INTERVAL);
        settings.put("statehub.api.readiness-timeout", TIMEOUT);
        settings.put("statehub.probe.interval", INTERVAL);
        settings.put("statehub.probe.deadline", TIMEOUT);
        settings.put("statehub.heartbeat.enabled", "false");
        settings.put("statehub.kubernetes.enabled", "true");
        settings.put("statehub.kubernetes.watch", "nodes");
        settings.put("statehub.kubernetes.stale-after", "1s");
        settings.put("statehub.kubernetes.lease", "lease-" + number);
        settings.put("statehub.kubernetes.pod", "pod-" + number);
        settings.put(
                "statehub.postgres.url",
                "jdbc:postgresql://%s:%d/state".formatted(endpointName, port(FaultTarget.WRITE_ENDPOINT)));
        settings.put(
                "statehub.postgres.members",
                "pg-1=%s:%d,pg-2=%s:%d,pg-3=%s:%d"
                        .formatted(
                                soundName,
                                port(FaultTarget.PRIMARY),
                                soundName,
                                port(FaultTarget.FIRST_STANDBY),
                                soundName,
                                port(FaultTarget.SECOND_STANDBY)));
        settings.put("statehub.postgres.password", "secret");
        settings.put("statehub.postgres.sslmode", tls ? "verify-full" : "disable");
        if (tls) {
            String authority = directory.resolve("ca.pem").toString();
            settings.put("statehub.api.ca-file", authority);
            settings.put("statehub.postgres.sslrootcert", authority);
        }
        return SettingsTree.mappedWith(settings);
    }

    private int port(FaultTarget target) {
        return server(target).port();
    }

    private FaultyServer server(FaultTarget target) {
        FaultyServer server = servers.get(target);
        if (server == null) {
            throw new IllegalArgumentException(target + " is no server");
        }
        return server;
    }

    FaultWatch watch() {
        return watch;
    }

    SkewedTime time() {
        return time;
    }

    /** The ports of the servers behind the targets that are servers. */
    Map<FaultTarget, Integer> ports() {
        Map<FaultTarget, Integer> ports = new EnumMap<>(FaultTarget.class);
        servers.forEach((target, server) -> ports.put(target, server.port()));
        return ports;
    }

    /** What a server was asked last on each of its connections. */
    List<String> lastAsked(FaultTarget target) {
        return server(target).lastAsked();
    }

    /**
     * Whether all is known and well, but for what this process may have missed on a loaded machine. A watch that is
     * not in step yet is no finding for as long as it may take.
     */
    static boolean isWell(AgentSnapshot snapshot) {
        return snapshot.assessment().findings().stream()
                        .allMatch(finding -> finding.kind() == FindingKind.OWN_PROCESS_LATE)
                && snapshot.assessment().targets().all().stream().allMatch(target -> target.status() == Status.UP)
                && snapshot.assessment().kubernetes().stream()
                        .flatMap(view -> view.state().byResource().values().stream())
                        .allMatch(watched ->
                                watched.state() == Watched.State.OFF || watched.state() == Watched.State.CURRENT)
                && snapshot.tracking().state().label().equals("stable");
    }

    /** What was recorded that never happened: nobody is ever promoted here. */
    List<Outcome> invented() {
        return snapshots.current().tracking().history().stream()
                .flatMap(incident -> incident.ending().stream())
                .map(ending -> ending.outcome())
                .filter(outcome -> outcome != Outcome.BLIP && outcome != Outcome.FAILED)
                .toList();
    }

    String now() {
        return snapshots.current().assessment().findings() + ", "
                + snapshots.current().tracking().state().label();
    }

    void fail(FaultTarget target, Fault fault) {
        switch (target) {
            case API, WRITE_ENDPOINT, PRIMARY, FIRST_STANDBY, SECOND_STANDBY, KUBERNETES ->
                server(target).become(fault);
            case NAME_RESOLUTION -> {
                if (fault == Fault.MISLED) {
                    hosts.lead(endpointName, "127.0.0.9");
                } else {
                    hosts.forget(endpointName);
                }
            }
            case JOURNAL_DISK -> failDisk(fault);
            case CLOCK -> time.set(off(fault));
            case OWN_PROCESSOR -> time.stop(fault.time());
        }
    }

    private static Duration off(Fault fault) {
        return switch (fault) {
            case CLOCK_AN_HOUR_ON -> HOUR;
            case CLOCK_AN_HOUR_BACK -> HOUR.negated();
            default -> Duration.between(Instant.now(), Instant.EPOCH);
        };
    }

    private void failDisk(Fault fault) {
        switch (fault) {
            case DISK_FULL -> disk.roomFor(0);
            case DISK_HANGS -> {
                CountDownLatch latch = new CountDownLatch(1);
                hanging = latch;
                disk.beforeForce(() -> {
                    try {
                        latch.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            default ->
                disk.beforeForce(() -> {
                    throw new UncheckedIOException(new IOException("Input/output error"));
                });
        }
    }

    void heal(FaultTarget target) {
        switch (target) {
            case API, WRITE_ENDPOINT, PRIMARY, FIRST_STANDBY, SECOND_STANDBY, KUBERNETES ->
                server(target).become(Fault.NONE);
            case NAME_RESOLUTION -> hosts.lead(endpointName, "127.0.0.1");
            case JOURNAL_DISK -> {
                disk.roomFor(Long.MAX_VALUE);
                disk.beforeForce(() -> {});
                hanging.countDown();
            }
            case CLOCK -> time.set(Duration.ZERO);
            case OWN_PROCESSOR -> {
                // It is over when it is noticed.
            }
        }
    }

    @Override
    public void close() {
        agent.stop(new ShutdownEvent());
        journal.stop(new ShutdownEvent());
        kubernetes.close();
        servers.values().forEach(FaultyServer::close);
    }
}

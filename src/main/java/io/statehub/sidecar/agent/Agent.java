package io.statehub.sidecar.agent;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.config.Discovery;
import io.statehub.sidecar.config.EnvironmentCheck;
import io.statehub.sidecar.config.InvalidSettingsException;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsCheck;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Cadence;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.ProbeLoop;
import io.statehub.sidecar.probe.Pulse;
import io.statehub.sidecar.probe.Punctuality;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.probe.postgres.HeartbeatWriter;
import io.statehub.sidecar.probe.postgres.PostgresProbes;
import io.statehub.sidecar.snapshot.ObservationPipeline;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts the probe loops with the process, and stops them with it. */
@Singleton
class Agent {

    private static final Logger LOG = Logger.getLogger(Agent.class);
    /** The write endpoint, the API twice, and the heartbeats. */
    static final int OTHER_PROBES = 4;

    private final Settings settings;
    private final TimeSource time;
    private final Vertx vertx;
    private final Pulse pulse;
    private final ObservationPipeline pipeline;
    private final FailoverJournal journal;
    private final RunMode mode;
    private final KubernetesAccess kubernetes;
    private final List<AutoCloseable> held = new ArrayList<>();
    private @Nullable ProbeThreads threads;

    Agent(
            Settings settings,
            TimeSource time,
            Vertx vertx,
            Assessor assessor,
            FailoverTracker tracker,
            Snapshots snapshots,
            FailoverJournal journal,
            KubernetesAccess kubernetes,
            @All List<SnapshotListener> listeners,
            RunMode mode) {
        this.settings = settings;
        this.time = time;
        this.vertx = vertx;
        this.journal = journal;
        this.kubernetes = kubernetes;
        this.mode = mode;
        this.pulse = new Pulse(time);
        this.pipeline = new ObservationPipeline(assessor, tracker, time, snapshots, listeners);
    }

    void start(@Observes StartupEvent event) {
        List<String> problems =
                new ArrayList<>(EnvironmentCheck.problems(System.getenv().keySet()));
        problems.addAll(SettingsCheck.problems(settings, Agent::typed));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        if (mode.watches()) {
            watch();
        }
    }

    private static String typed(String setting) {
        return ConfigProvider.getConfig().getConfigValue(setting).getValue();
    }

    private void watch() {
        Optional<HeartbeatWriter> writer = HeartbeatWriter.of(settings.heartbeat());
        ClusterProbes cluster = new ClusterProbes(
                new PostgresProbes(settings.postgres(), settings.probe().deadline(), writer),
                settings.postgres().fixedMembers());
        Probe liveness = new ApiProbe(ApiCheck.LIVENESS, settings.api(), vertx);
        Probe readiness = new ApiProbe(ApiCheck.READINESS, settings.api(), vertx);
        held.addAll(List.of(cluster, liveness, readiness));
        ProbeThreads running = new ProbeThreads(mostMembers() + OTHER_PROBES);
        threads = running;
        pulse.start(running.pulse());
        // The members are asked together, so that what they say is of one moment; the API on its own, so that neither
        // waits for the other.
        Duration interval = settings.probe().interval();
        start(new Cadence(interval, settings.probe().deadline()), cluster, running, new FirstRound(this::accept));
        start(
                new Cadence(interval, settings.api().livenessTimeout()),
                () -> List.of(liveness),
                running,
                new FirstRound(this::accept));
        start(
                new Cadence(settings.api().readinessInterval(), settings.api().readinessTimeout()),
                () -> List.of(readiness),
                running,
                new FirstRound(this::accept));
        writer.ifPresent(it -> beat(it, running));
        kubernetes.link().ifPresent(link -> {
            held.add(link);
            boolean discovers = settings.postgres().discovery() == Discovery.CNPG;
            new KubernetesLoop(link, cluster, discovers, this::accept).start(interval, running.timer());
        });
    }

    private int mostMembers() {
        return switch (settings.postgres().discovery()) {
            case STATIC -> settings.postgres().fixedMembers().size();
            case CNPG -> SettingsCheck.MAX_MEMBERS;
        };
    }

    private void beat(HeartbeatWriter writer, ProbeThreads on) {
        Cadence beats = new Cadence(
                settings.heartbeat().interval(), settings.heartbeat().timeout());
        Probe always = PostgresProbes.heartbeat(settings.postgres(), beats.deadline(), writer);
        Probe heartbeat = kubernetes
                .link()
                .<Probe>map(link -> new WhileActing(always, link::leadership))
                .orElse(always);
        held.add(heartbeat);
        // From the first one on: whether a beat that got no answer is there is what its loss is counted by.
        start(beats, () -> List.of(heartbeat), on, this::accept);
    }

    private void start(
            Cadence cadence, Supplier<List<Probe>> group, ProbeThreads on, Consumer<List<Observation>> sink) {
        new ProbeLoop(cadence, group, time, on.timer(), on.workers(), Punctuality.of(cadence, pulse, time), sink)
                .start();
    }

    /** How the journal fares is looked at with whatever else is. */
    private void accept(List<Observation> observations) {
        List<Observation> all = new ArrayList<>(observations);
        journal.observe(time.now()).ifPresent(all::add);
        pipeline.accept(all);
    }

    void stop(@Observes ShutdownEvent event) {
        ProbeThreads running = threads;
        if (running != null) {
            running.close();
        }
        held.forEach(Agent::close);
    }

    static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("something did not close on the way out", e);
        }
    }
}

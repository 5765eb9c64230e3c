package io.statehub.sidecar.agent;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.statehub.sidecar.assessment.Assessor;
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
import io.statehub.sidecar.probe.TimeSource;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.probe.postgres.HeartbeatWriter;
import io.statehub.sidecar.probe.postgres.PostgresProbes;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts the probe loops with the process, and stops them with it. */
@Singleton
class Agent {

    private final Settings settings;
    private final TimeSource time;
    private final Vertx vertx;
    private final ObservationPipeline pipeline;
    private final FailoverJournal journal;
    private final boolean watching;
    private @Nullable ProbeThreads threads;
    private List<Probe> probes = List.of();

    Agent(
            Settings settings,
            TimeSource time,
            Vertx vertx,
            Assessor assessor,
            FailoverTracker tracker,
            Snapshots snapshots,
            FailoverJournal journal,
            @All List<SnapshotListener> listeners,
            @CommandLineArguments String[] arguments) {
        this.settings = settings;
        this.time = time;
        this.vertx = vertx;
        this.journal = journal;
        // An argument is a command to be done and no more.
        this.watching = arguments.length == 0;
        this.pipeline = new ObservationPipeline(assessor, tracker, time, snapshots, listeners);
    }

    void start(@Observes StartupEvent event) {
        List<String> problems =
                new ArrayList<>(EnvironmentCheck.problems(System.getenv().keySet()));
        problems.addAll(SettingsCheck.problems(settings));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        if (watching) {
            watch();
        }
    }

    private void watch() {
        Optional<HeartbeatWriter> writer = HeartbeatWriter.of(settings.heartbeat());
        List<Probe> cluster =
                PostgresProbes.of(settings.postgres(), settings.probe().deadline(), writer);
        Cadence beats = new Cadence(
                settings.heartbeat().interval(), settings.heartbeat().timeout());
        List<Probe> heartbeat =
                writer.map(it -> PostgresProbes.heartbeat(settings.postgres(), beats.deadline(), it)).stream()
                        .toList();
        Probe liveness = new ApiProbe(ApiCheck.LIVENESS, settings.api(), vertx);
        Probe readiness = new ApiProbe(ApiCheck.READINESS, settings.api(), vertx);
        probes = new ArrayList<>(cluster);
        probes.add(liveness);
        probes.add(readiness);
        probes.addAll(heartbeat);
        ProbeThreads running = new ProbeThreads(probes.size());
        threads = running;
        // The members are asked together, so that what they say is of one moment; the API on its own, so that neither
        // waits for the other.
        start(new Cadence(settings.probe().interval(), settings.probe().deadline()), cluster, running);
        start(new Cadence(settings.probe().interval(), settings.api().livenessTimeout()), List.of(liveness), running);
        start(
                new Cadence(settings.api().readinessInterval(), settings.api().readinessTimeout()),
                List.of(readiness),
                running);
        if (!heartbeat.isEmpty()) {
            start(beats, heartbeat, running);
        }
    }

    private void start(Cadence cadence, List<Probe> group, ProbeThreads on) {
        new ProbeLoop(cadence, group, time, on.timer(), on.workers(), this::accept).start();
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
        probes.forEach(Probe::close);
    }
}

package io.statehub.sidecar.agent;

import io.statehub.sidecar.config.Discovery;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsCheck;
import io.statehub.sidecar.kubernetes.KubernetesLink;
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
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that is asked again and again: begun when it is made, ended when it is closed. */
final class Loops implements AutoCloseable {

    private final Settings settings;
    private final TimeSource time;
    private final Optional<KubernetesLink> kubernetes;
    private final Consumer<List<Observation>> sink;
    private final Pulse pulse;
    private final ProbeThreads threads;
    private final List<AutoCloseable> held = new ArrayList<>();

    Loops(
            Settings settings,
            TimeSource time,
            Vertx vertx,
            Optional<KubernetesLink> kubernetes,
            Consumer<List<Observation>> sink) {
        this.settings = settings;
        this.time = time;
        this.kubernetes = kubernetes;
        this.sink = sink;
        this.pulse = new Pulse(time);
        this.threads = new ProbeThreads(mostMembers() + Agent.OTHER_PROBES);
        begin(vertx);
    }

    private void begin(Vertx vertx) {
        Optional<HeartbeatWriter> writer = HeartbeatWriter.of(settings.heartbeat());
        ClusterProbes cluster = new ClusterProbes(
                new PostgresProbes(settings.postgres(), settings.probe().deadline(), writer),
                settings.postgres().fixedMembers());
        Probe liveness = new ApiProbe(ApiCheck.LIVENESS, settings.api(), vertx);
        Probe readiness = new ApiProbe(ApiCheck.READINESS, settings.api(), vertx);
        held.addAll(List.of(cluster, liveness, readiness));
        pulse.start(threads.pulse());
        // The members are asked together, so that what they say is of one moment; the API on its own, so that neither
        // waits for the other.
        Duration interval = settings.probe().interval();
        start(new Cadence(interval, settings.probe().deadline()), cluster, new FirstRound(sink));
        start(new Cadence(interval, settings.api().livenessTimeout()), () -> List.of(liveness), new FirstRound(sink));
        start(
                new Cadence(settings.api().readinessInterval(), settings.api().readinessTimeout()),
                () -> List.of(readiness),
                new FirstRound(sink));
        writer.ifPresent(this::beat);
        kubernetes.ifPresent(link -> {
            held.add(link);
            boolean discovers = settings.postgres().discovery() == Discovery.CNPG;
            new KubernetesLoop(link, cluster, discovers, sink).start(interval, threads.timer());
        });
    }

    private int mostMembers() {
        return switch (settings.postgres().discovery()) {
            case STATIC -> settings.postgres().fixedMembers().size();
            case CNPG -> SettingsCheck.MAX_MEMBERS;
        };
    }

    private void beat(HeartbeatWriter writer) {
        Cadence beats = new Cadence(
                settings.heartbeat().interval(), settings.heartbeat().timeout());
        Probe always = PostgresProbes.heartbeat(settings.postgres(), beats.deadline(), writer);
        Probe heartbeat = kubernetes
                .<Probe>map(link -> new WhileActing(always, link::leadership))
                .orElse(always);
        held.add(heartbeat);
        // From the first one on: whether a beat that got no answer is there is what its loss is counted by.
        start(beats, () -> List.of(heartbeat), sink);
    }

    private void start(Cadence cadence, Supplier<List<Probe>> group, Consumer<List<Observation>> to) {
        new ProbeLoop(
                        cadence,
                        group,
                        time,
                        threads.timer(),
                        threads.workers(),
                        Punctuality.of(cadence, pulse, time),
                        to)
                .start();
    }

    @Override
    public void close() {
        threads.close();
        held.forEach(Agent::close);
    }
}

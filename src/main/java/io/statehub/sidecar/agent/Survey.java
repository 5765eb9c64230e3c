package io.statehub.sidecar.agent;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.config.Discovery;
import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsCheck;
import io.statehub.sidecar.kubernetes.Instance;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.KubernetesObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.probe.Cadence;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.ProbeLoop;
import io.statehub.sidecar.probe.Pulse;
import io.statehub.sidecar.probe.Punctuality;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.probe.postgres.PostgresProbes;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Looks at everything as often as it takes to be believed, and stops: for a report. */
@Singleton
@Unremovable
public class Survey {

    /** How long the API server has to list everything. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Settings settings;
    private final Assessor assessor;
    private final TimeSource time;
    private final Vertx vertx;
    private final Provider<KubernetesClient> client;

    Survey(Settings settings, Assessor assessor, TimeSource time, Vertx vertx, Provider<KubernetesClient> client) {
        this.settings = settings;
        this.assessor = assessor;
        this.time = time;
        this.vertx = vertx;
        this.client = client;
    }

    /**
     * What everything comes to.
     *
     * @param progress is told what is being done
     */
    public Assessment take(Consumer<String> progress) {
        if (!KubernetesLink.wanted(settings.kubernetes())) {
            return take(Optional.empty(), progress);
        }
        try (KubernetesLink link = KubernetesLink.toLook(client.get(), settings.kubernetes(), time)) {
            progress.accept("asking the API server");
            link.start();
            awaitSettled(link);
            return take(Optional.of(link), progress);
        }
    }

    /** What could not be listed in time is unknown, which the assessment says of each. */
    private static void awaitSettled(KubernetesLink link) {
        try {
            link.settling(SETTLING).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the watches could not be looked at", e);
        }
    }

    private Assessment take(Optional<KubernetesLink> link, Consumer<String> progress) {
        Optional<KubernetesObservation> kubernetes = link.map(KubernetesLink::observe);
        List<Instance> members = settings.postgres().discovery() == Discovery.CNPG
                ? link.flatMap(it -> it.instances(kubernetes.orElseThrow())).orElse(List.of())
                : settings.postgres().fixedMembers().stream().map(Instance::at).toList();
        ObservationRound round = ObservationRound.none(
                time.now(), members.stream().map(Instance::name).toList());
        Assessment assessment = assessor.begin(round);
        int rounds =
                Math.max(settings.probe().failuresToDown(), settings.probe().successesToUp());
        try (Probes probes = new Probes(members)) {
            for (int i = 1; i <= rounds; i++) {
                progress.accept("asking members and API, " + i + " of " + rounds);
                List<Observation> seen = new ArrayList<>(probes.next());
                link.map(KubernetesLink::observe).ifPresent(seen::add);
                round = round.with(time.now(), seen);
                assessment = assessor.assess(assessment, round);
            }
        }
        return assessment;
    }

    /** All probes in one loop, so that a round is of one moment. */
    private final class Probes implements AutoCloseable {

        private final BlockingQueue<List<Observation>> rounds = new LinkedBlockingQueue<>();
        private final List<AutoCloseable> held = new ArrayList<>();
        private final ProbeThreads threads = new ProbeThreads(SettingsCheck.MAX_MEMBERS + Agent.OTHER_PROBES);

        Probes(List<Instance> members) {
            ClusterProbes cluster = new ClusterProbes(
                    new PostgresProbes(settings.postgres(), settings.probe().deadline(), Optional.empty()),
                    List.<MemberAddress>of());
            cluster.follow(members);
            List<Probe> all = new ArrayList<>(cluster.get());
            for (ApiCheck check : ApiCheck.values()) {
                all.add(new ApiProbe(check, settings.api(), vertx));
            }
            held.addAll(all);
            Duration longest = settings.api().readinessTimeout();
            Duration deadline = longest.compareTo(settings.probe().deadline()) > 0
                    ? longest
                    : settings.probe().deadline();
            Cadence cadence = new Cadence(deadline, deadline);
            Pulse pulse = new Pulse(time);
            pulse.start(threads.pulse());
            new ProbeLoop(
                            cadence,
                            () -> all,
                            time,
                            threads.timer(),
                            threads.workers(),
                            Punctuality.of(cadence, pulse, time),
                            rounds::add)
                    .start();
        }

        List<Observation> next() {
            try {
                return rounds.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }

        @Override
        public void close() {
            threads.close();
            held.forEach(Agent::close);
        }
    }
}

package io.statehub.sidecar.agent;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.config.Discovery;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsCheck;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Cadence;
import io.statehub.sidecar.probe.ProbeLoop;
import io.statehub.sidecar.probe.Pulse;
import io.statehub.sidecar.probe.Punctuality;
import io.statehub.sidecar.probe.postgres.PostgresProbes;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.ObservationPipeline;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.time.TimeSource;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows the cluster as the sidecar does, for a command that tries writes, reads and API by itself. */
@Singleton
@Unremovable
public class Lookout {

    private final Settings settings;
    private final Assessor assessor;
    private final FailoverTracker tracker;
    private final Snapshots snapshots;
    private final TimeSource time;
    private final Provider<KubernetesClient> client;

    Lookout(
            Settings settings,
            Assessor assessor,
            FailoverTracker tracker,
            Snapshots snapshots,
            TimeSource time,
            Provider<KubernetesClient> client) {
        this.settings = settings;
        this.assessor = assessor;
        this.tracker = tracker;
        this.snapshots = snapshots;
        this.time = time;
        this.client = client;
    }

    /** Begins to look; to be begun once, and to be closed. */
    public Watch begin(SnapshotListener listener) {
        return new Watch(listener);
    }

    /** What is being looked at. */
    public final class Watch implements AutoCloseable {

        private final ObservationPipeline pipeline;
        private final List<AutoCloseable> held = new ArrayList<>();
        private final ProbeThreads threads = new ProbeThreads(SettingsCheck.MAX_MEMBERS + Agent.OTHER_PROBES);
        private final Pulse pulse = new Pulse(time);

        private Watch(SnapshotListener listener) {
            pipeline = new ObservationPipeline(assessor, tracker, time, snapshots, List.of(listener));
            pulse.start(threads.pulse());
            ClusterProbes cluster = new ClusterProbes(
                    new PostgresProbes(settings.postgres(), settings.probe().deadline(), Optional.empty()),
                    settings.postgres().fixedMembers());
            held.add(cluster);
            Duration interval = settings.probe().interval();
            Cadence cadence = new Cadence(interval, settings.probe().deadline());
            new ProbeLoop(
                            cadence,
                            cluster,
                            time,
                            threads.timer(),
                            threads.workers(),
                            Punctuality.of(cadence, pulse, time),
                            pipeline::accept)
                    .start();
            if (KubernetesLink.wanted(settings.kubernetes())) {
                KubernetesLink link = KubernetesLink.toLook(client.get(), settings.kubernetes(), time);
                held.add(link);
                boolean discovers = settings.postgres().discovery() == Discovery.CNPG;
                new KubernetesLoop(link, cluster, discovers, pipeline::accept).start(interval, threads.timer());
            }
        }

        /** Takes in what the command saw itself. */
        public void saw(List<Observation> observations) {
            pipeline.accept(observations);
        }

        /** What is known now. */
        public AgentSnapshot current() {
            return snapshots.current();
        }

        /** How long this process has been stopped so far; never less than before. */
        public Duration lost() {
            return pulse.lost();
        }

        @Override
        public void close() {
            threads.close();
            held.forEach(Agent::close);
        }
    }
}

package io.statehub.sidecar.agent;

import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.DomainSocketServerStart;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.config.EnvironmentCheck;
import io.statehub.sidecar.config.InvalidSettingsException;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsCheck;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.snapshot.ObservationPipeline;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts with the process, and stops with it. Settings are checked before anything is served; what may be slow or hang
 * (the journal's disk, Kubernetes, the loops) is touched on a thread of its own once the HTTP server listens, so that
 * it delays no first answer. {@code LoopCheck} says for how long that may take.
 */
@Singleton
class Agent {

    private static final Logger LOG = Logger.getLogger(Agent.class);
    /** The write endpoint, the API twice, and the heartbeats. */
    static final int OTHER_PROBES = 4;

    private final Settings settings;
    private final TimeSource time;
    private final Vertx vertx;
    private final Snapshots snapshots;
    private final ObservationPipeline pipeline;
    private final FailoverJournal journal;
    private final RunMode mode;
    private final KubernetesAccess kubernetes;
    private final AtomicBoolean listening = new AtomicBoolean();
    private boolean stopped;
    private @Nullable Loops loops;

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
        this.snapshots = snapshots;
        this.journal = journal;
        this.kubernetes = kubernetes;
        this.mode = mode;
        this.pipeline = new ObservationPipeline(assessor, tracker, time, snapshots, listeners);
    }

    void start(@Observes StartupEvent event) {
        List<String> problems =
                new ArrayList<>(EnvironmentCheck.problems(System.getenv().keySet()));
        problems.addAll(SettingsCheck.problems(settings, Agent::typed));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static String typed(String setting) {
        return ConfigProvider.getConfig().getConfigValue(setting).getValue();
    }

    void listens(@ObservesAsync HttpServerStart event) {
        listening();
    }

    void listensWithTls(@ObservesAsync HttpsServerStart event) {
        listening();
    }

    void listensOnASocketFile(@ObservesAsync DomainSocketServerStart event) {
        listening();
    }

    /** Whichever server listens first begins the rest of the start. */
    void listening() {
        if (mode.watches() && listening.compareAndSet(false, true)) {
            new StartThread(this::begin, failure -> failed(failure, Quarkus::asyncExit)).begin();
        }
    }

    private void begin() {
        pipeline.begin(journal.resumed(snapshots.current().tracking()));
        watch(kubernetes.link());
    }

    private synchronized void watch(Optional<KubernetesLink> link) {
        if (!stopped) {
            loops = new Loops(settings, time, vertx, link, this::accept);
        }
    }

    /** A process that watches nothing ends with exit code 1, unless it ends already. */
    synchronized void failed(Throwable failure, IntConsumer exit) {
        if (stopped) {
            LOG.debug("the process ended while it started", failure);
        } else {
            LOG.error("the sidecar can't start", failure);
            exit.accept(1);
        }
    }

    /** How the journal fares is looked at with whatever else is. */
    private void accept(List<Observation> observations) {
        List<Observation> all = new ArrayList<>(observations);
        journal.observe(time.now()).ifPresent(all::add);
        pipeline.accept(all);
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        stopped = true;
        Loops running = loops;
        if (running != null) {
            running.close();
        }
    }

    static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("something did not close on the way out", e);
        }
    }
}

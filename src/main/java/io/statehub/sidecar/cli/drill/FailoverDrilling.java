package io.statehub.sidecar.cli.drill;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.agent.DrilledCluster;
import io.statehub.sidecar.agent.Lookout;
import io.statehub.sidecar.config.HostName;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.Watched;
import io.statehub.sidecar.drill.failover.Conclusion;
import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.drill.failover.FailoverDrill;
import io.statehub.sidecar.drill.failover.FailoverOptions;
import io.statehub.sidecar.drill.failover.Means;
import io.statehub.sidecar.drill.trigger.Trigger;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What {@code drill failover} does. */
@Singleton
@Unremovable
public class FailoverDrilling {

    private static final int COULD_NOT_RUN = 2;

    /** For a report after a signal: what survived is asked for, rows are deleted, the evidence is filed. */
    private static final long GRACE_SECONDS = 60;

    private final Settings settings;
    private final Lookout lookout;
    private final TimeSource time;
    private final Vertx vertx;
    private final DrilledCluster cluster;
    private final String version;
    private final Triggers triggers;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicReference<@Nullable FailoverDrill> running = new AtomicReference<>();

    /** What was typed. */
    record Wanted(String trigger, int rate, Duration deadline, Path evidence, boolean anyway, boolean dryRun) {}

    FailoverDrilling(
            Settings settings,
            Lookout lookout,
            TimeSource time,
            Vertx vertx,
            DrilledCluster cluster,
            Provider<KubernetesClient> client,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.settings = settings;
        this.lookout = lookout;
        this.time = time;
        this.vertx = vertx;
        this.cluster = cluster;
        this.version = version;
        this.triggers = new Triggers(settings.kubernetes(), client, time);
    }

    int run(Wanted wanted, DrillConsole console) {
        try {
            return run(triggers.named(wanted.trigger()), wanted, console);
        } catch (DrillException e) {
            System.err.println(e.getMessage());
            return COULD_NOT_RUN;
        } finally {
            done.countDown();
        }
    }

    private int run(Trigger trigger, Wanted wanted, DrillConsole console) throws DrillException {
        FailoverOptions options = new FailoverOptions(
                HexFormat.of().toHexDigits(new SecureRandom().nextLong()),
                version,
                DrillProcess.here(HostName.get()),
                wanted.rate(),
                wanted.deadline(),
                wanted.evidence(),
                wanted.anyway());
        FailoverDrill drill = new FailoverDrill(means(trigger), options, console);
        running.set(drill);
        return drill.run(wanted.dryRun());
    }

    private Means means(Trigger trigger) {
        return new Means(
                settings,
                time,
                listener -> new Looking(lookout, listener),
                check -> new ApiProbe(check, settings.api(), vertx),
                trigger,
                drilled -> cluster.note(drilled.annotations()));
    }

    int resume(Optional<Path> named, Path evidence, DrillConsole console) {
        try {
            Path ledger = named.isPresent() ? named.get() : newest(DrillProcess.ledgers(evidence));
            return new Conclusion(means(triggers.undoing()), evidence, console).resumed(ledger, HostName.get());
        } catch (DrillException e) {
            System.err.println(e.getMessage());
            return COULD_NOT_RUN;
        }
    }

    private static Path newest(Path folder) throws DrillException {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().startsWith("failover-"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new DrillException("--resume: there is no ledger in " + folder));
        } catch (IOException e) {
            throw new DrillException("--resume: " + folder + " can't be read: " + e);
        }
    }

    /** A signal: nothing else is stopped before what was seen is reported. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        FailoverDrill drill = running.get();
        if (drill != null && done.getCount() > 0) {
            drill.stop();
            if (!done.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the drill did not end in time: drill failover --resume reports on it");
            }
        }
    }

    /** The lookout as a drill knows it. */
    private static final class Looking implements Watched {

        private final Lookout.Watch watch;

        Looking(Lookout lookout, SnapshotListener listener) {
            watch = lookout.begin(listener);
        }

        @Override
        public AgentSnapshot current() {
            return watch.current();
        }

        @Override
        public void saw(List<Observation> observations) {
            watch.saw(observations);
        }

        @Override
        public Duration lost() {
            return watch.lost();
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}

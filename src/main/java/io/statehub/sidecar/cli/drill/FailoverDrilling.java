package io.statehub.sidecar.cli.drill;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.agent.DrilledCluster;
import io.statehub.sidecar.agent.Lookout;
import io.statehub.sidecar.config.HostName;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.drill.RunOptions;
import io.statehub.sidecar.drill.failover.Conclusion;
import io.statehub.sidecar.drill.failover.FailoverDrill;
import io.statehub.sidecar.drill.failover.Means;
import io.statehub.sidecar.drill.trigger.Trigger;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What {@code drill failover} does. */
@Singleton
@Unremovable
public class FailoverDrilling {

    private final Settings settings;
    private final Lookout lookout;
    private final TimeSource time;
    private final Vertx vertx;
    private final DrilledCluster cluster;
    private final String version;
    private final Triggers triggers;
    private final RunningDrill running = new RunningDrill();

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
        return running.run(() -> run(triggers.named(wanted.trigger()), wanted, console));
    }

    private int run(Trigger trigger, Wanted wanted, DrillConsole console) throws DrillException {
        RunOptions options = new RunOptions(
                RunningDrill.newId(),
                version,
                DrillProcess.here(HostName.get()),
                wanted.rate(),
                wanted.deadline(),
                wanted.evidence(),
                wanted.anyway());
        FailoverDrill drill = new FailoverDrill(means(trigger), options, console);
        console.whenBegun(() -> running.stoppedBy(drill::stop));
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
        return running.run(() -> new Conclusion(means(triggers.undoing()), evidence, console)
                .resumed(RunningDrill.ledger(named, evidence, "failover"), HostName.get()));
    }

    /** A signal: nothing else is stopped before what was seen is reported. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        running.end();
    }
}

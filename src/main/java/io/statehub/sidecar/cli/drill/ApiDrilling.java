package io.statehub.sidecar.cli.drill;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.agent.Lookout;
import io.statehub.sidecar.config.HostName;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.drill.RunOptions;
import io.statehub.sidecar.drill.api.ApiConclusion;
import io.statehub.sidecar.drill.api.ApiDrill;
import io.statehub.sidecar.drill.api.ApiMeans;
import io.statehub.sidecar.drill.api.ApiOptions;
import io.statehub.sidecar.drill.trigger.KubernetesDeployment;
import io.statehub.sidecar.drill.trigger.Trigger;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What {@code drill api} does. */
@Singleton
@Unremovable
public class ApiDrilling {

    private static final Duration FIRST_LOOK = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 200;

    private final Settings settings;
    private final Lookout lookout;
    private final TimeSource time;
    private final Vertx vertx;
    private final Provider<KubernetesClient> client;
    private final String version;
    private final RunningDrill running = new RunningDrill();

    /** What was typed. */
    record Wanted(
            String trigger,
            Optional<String> deployment,
            int rate,
            Duration allowed,
            Duration deadline,
            Path evidence,
            boolean anyway,
            boolean dryRun) {}

    ApiDrilling(
            Settings settings,
            Lookout lookout,
            TimeSource time,
            Vertx vertx,
            Provider<KubernetesClient> client,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.settings = settings;
        this.lookout = lookout;
        this.time = time;
        this.vertx = vertx;
        this.client = client;
        this.version = version;
    }

    /** How long writes may be out: nothing is written while the API is. */
    Duration rto() {
        return settings.objectives().rto();
    }

    int run(Wanted wanted, DrillConsole console) {
        return running.run(() -> drilled(wanted, console));
    }

    private int drilled(Wanted wanted, DrillConsole console) throws DrillException {
        Optional<KubernetesDeployment> deployment = wanted.deployment()
                .map(name -> new KubernetesDeployment(
                        client::get, settings.kubernetes().namespace(), name));
        Trigger trigger = Triggers.forApi(wanted.trigger(), deployment);
        // The lookout runs on: it knows how long this process was stopped.
        try (Looking looking = new Looking(lookout, (previous, next) -> {})) {
            RunOptions run = new RunOptions(
                    RunningDrill.newId(),
                    version,
                    DrillProcess.here(HostName.get()),
                    wanted.rate(),
                    wanted.deadline(),
                    wanted.evidence(),
                    wanted.anyway());
            ApiOptions options = new ApiOptions(run, cluster(looking), wanted.allowed());
            ApiMeans means = new ApiMeans(
                    settings,
                    time,
                    looking::lost,
                    check -> new ApiProbe(check, settings.api(), vertx),
                    trigger,
                    deployment);
            ApiDrill drill = new ApiDrill(means, options, console);
            console.whenBegun(() -> running.stoppedBy(drill::stop));
            return drill.run(wanted.dryRun());
        }
    }

    /** The cluster whose API it is: evidence without it is of no use to the gate. */
    private SystemIdentifier cluster(Looking looking) throws DrillException {
        Moment until = time.now().plus(FIRST_LOOK);
        try {
            do {
                Optional<SystemIdentifier> seen =
                        looking.current().assessment().cluster().systemIdentifier();
                if (seen.isPresent()) {
                    return seen.get();
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } while (until.isAfter(time.now()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new DrillException("no server of the cluster answers, so it can't be said whose API this is"
                + " (statehub.postgres.members)");
    }

    int resume(Optional<Path> named, Path evidence, DrillConsole console) {
        return running.run(() -> new ApiConclusion(evidence, console)
                .resumed(RunningDrill.ledger(named, evidence, "api"), HostName.get()));
    }

    /** A signal: nothing else is stopped before what was seen is reported. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        running.end();
    }
}

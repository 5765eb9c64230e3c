package io.statehub.sidecar.cli.restore;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.agent.DrilledCluster;
import io.statehub.sidecar.cli.FilingOptions;
import io.statehub.sidecar.cli.Stoppable;
import io.statehub.sidecar.config.KubernetesSettings;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.DrillFiling;
import io.statehub.sidecar.drill.restore.ApiAnswer;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.RestoreReport;
import io.statehub.sidecar.drill.restore.UnusableManifestException;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.kubernetes.restore.DrillStepException;
import io.statehub.sidecar.kubernetes.restore.RestoreChecks;
import io.statehub.sidecar.kubernetes.restore.RestoreDrill;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.RestoreVerdict;
import io.statehub.sidecar.kubernetes.restore.RestorePlan;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.time.TimeSource;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What {@code drill restore run --cnpg} does. */
@Singleton
@Unremovable
public class CnpgRestore {

    private static final long PAUSE_SECONDS = 5;

    private final Settings settings;
    private final RestoreVerification verification;
    private final DrilledCluster cluster;
    private final TimeSource time;
    private final Stoppable work = new Stoppable();

    CnpgRestore(Settings settings, RestoreVerification verification, DrilledCluster cluster, TimeSource time) {
        this.settings = settings;
        this.verification = verification;
        this.cluster = cluster;
        this.time = time;
    }

    int run(CnpgOptions.Wanted wanted, LimitOptions limits, ComparisonOptions comparison, FilingOptions filing) {
        KubernetesSettings there = settings.kubernetes();
        if (there.cluster().isEmpty()) {
            System.err.println("statehub.kubernetes.cluster is not set: it names the cluster that is to be restored");
            return Manifests.NOT_RUN;
        }
        try {
            Manifest manifest = RestoreVerification.manifest(wanted.manifest());
            if (wanted.into().equals(cluster.namespace())) {
                System.err.println("--into: '" + wanted.into()
                        + "' is not allowed: it must be another namespace than that of the live cluster");
                return Manifests.NOT_RUN;
            }
            RestorePlan plan = new RestorePlan(
                    there.cluster().get(),
                    cluster.namespace(),
                    wanted.into(),
                    wanted.targetTime().apply(manifest.origin().takenAt()),
                    wanted.api(),
                    wanted.ready(),
                    wanted.keep());
            return done(manifest, plan, new Typed(wanted.manifest(), limits, comparison, filing));
        } catch (UnusableManifestException e) {
            System.err.println("--manifest: " + wanted.manifest() + " can't be used: " + e.getMessage());
            return Manifests.NOT_RUN;
        } finally {
            work.over();
        }
    }

    private record Typed(Path manifest, LimitOptions limits, ComparisonOptions comparison, FilingOptions filing) {}

    private int done(Manifest manifest, RestorePlan plan, Typed typed) {
        List<String> told = new ArrayList<>();
        Consumer<String> tell = line -> {
            told.add(line);
            (typed.comparison().json() ? System.err : System.out).println(line);
        };
        Checks checks = new Checks(manifest, typed.limits(), typed.comparison());
        RestoreDrill drill = new RestoreDrill(plan, cluster.objects(), checks, time, CnpgRestore::pause, tell);
        checks.stops = drill::stop;
        work.by(drill::stop);
        RestoreOutcome outcome = drill.run();
        work.spared();
        outcome.stays().forEach(one -> tell.accept("still there: " + one));
        CnpgReport report = new CnpgReport(manifest.origin(), outcome, told, checks.compared);
        Optional<EvidenceDraft> draft = report.draft(time.now().wallClock(), typed.manifest());
        boolean filed = draft.isEmpty() || typed.filing().file(draft::get);
        return DrillFiling.exitCode(report.exitCode(plan.keep()), filed);
    }

    /** A signal: what was made is deleted before anything is stopped. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        work.end("the drill did not end in time: what it made has the label state-hub.io/restore-drill");
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The restored database and its API, compared and asked as those of any restore are. */
    private final class Checks implements RestoreChecks {

        private final Manifest manifest;
        private final LimitOptions limits;
        private final ComparisonOptions comparison;
        private Runnable stops = () -> {};
        private Optional<RestoreReport> compared = Optional.empty();

        Checks(Manifest manifest, LimitOptions limits, ComparisonOptions comparison) {
            this.manifest = manifest;
            this.limits = limits;
            this.comparison = comparison;
        }

        @Override
        public String database(String host) throws DrillStepException {
            PostgresUrl url = PostgresUrl.of("jdbc:postgresql://" + host + ":5432/"
                    + settings.postgres().url().database());
            try {
                RestoreReport report = read(LongLogins.asConfigured(settings.postgres(), url, limits.silence()));
                compared = Optional.of(report);
                RestoreVerification.print(report, comparison.json());
                return switch (report.outcome()) {
                    case SAME -> report.summary();
                    case DIFFERENT -> throw new DrillStepException(report.summary(), RestoreVerdict.FAILED);
                    case UNDECIDED -> throw new DrillStepException(report.summary(), RestoreVerdict.UNDECIDED);
                };
            } catch (SQLException e) {
                throw new DrillStepException("the restored database can't be read: " + e.getMessage());
            } catch (InterruptedException e) {
                throw new DrillStepException("stopped while the restored database was read");
            }
        }

        /** Reading takes hours where there is much: whoever stops the drill ends that, too. */
        private RestoreReport read(LongLogins logins) throws SQLException, InterruptedException {
            Thread reading = Thread.currentThread();
            work.by(() -> {
                stops.run();
                reading.interrupt();
            });
            try {
                return verification.report(manifest, logins, limits, comparison, List::of);
            } finally {
                work.by(stops);
            }
        }

        @Override
        public String api(String host) throws DrillStepException {
            List<ApiAnswer> answers = verification.answers(Optional.of(URI.create("http://" + host)));
            String said = String.join(
                    ", ",
                    answers.stream()
                            .map(answer -> answer.path() + " " + answer.what())
                            .toList());
            if (!answers.stream().allMatch(ApiAnswer::sound)) {
                throw new DrillStepException(said, RestoreVerdict.FAILED);
            }
            return said;
        }
    }
}

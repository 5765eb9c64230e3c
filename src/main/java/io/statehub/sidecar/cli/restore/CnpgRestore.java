package io.statehub.sidecar.cli.restore;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.agent.DrilledCluster;
import io.statehub.sidecar.cli.FilingOptions;
import io.statehub.sidecar.config.KubernetesSettings;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.restore.ApiAnswer;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.Outcome;
import io.statehub.sidecar.drill.restore.RestoreReport;
import io.statehub.sidecar.drill.restore.UnusableManifestException;
import io.statehub.sidecar.evidence.Attachment;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.kubernetes.restore.DrillStepException;
import io.statehub.sidecar.kubernetes.restore.RestoreChecks;
import io.statehub.sidecar.kubernetes.restore.RestoreDrill;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome;
import io.statehub.sidecar.kubernetes.restore.RestorePlan;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.time.TimeSource;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What {@code drill restore run --cnpg} does. */
@Singleton
@Unremovable
public class CnpgRestore {

    private static final int COULD_NOT_RUN = 2;
    private static final long PAUSE_SECONDS = 5;

    /** After a signal: for a look that goes on, and to delete what was made. */
    private static final long GRACE_SECONDS = 60;

    private final Settings settings;
    private final RestoreVerification verification;
    private final DrilledCluster cluster;
    private final TimeSource time;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicReference<@Nullable RestoreDrill> running = new AtomicReference<>();

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
            return COULD_NOT_RUN;
        }
        try {
            Manifest manifest = RestoreVerification.manifest(wanted.manifest());
            RestorePlan plan = new RestorePlan(
                    there.cluster().get(),
                    cluster.namespace(),
                    wanted.into(),
                    wanted.targetTime().apply(manifest.origin().takenAt()),
                    wanted.api(),
                    wanted.ready(),
                    wanted.keep());
            Checks checks = new Checks(manifest, limits, comparison);
            List<String> told = new ArrayList<>();
            RestoreDrill drill = new RestoreDrill(plan, cluster.objects(), checks, time, CnpgRestore::pause, line -> {
                told.add(line);
                System.out.println(line);
            });
            running.set(drill);
            RestoreOutcome outcome = drill.run();
            outcome.stays().forEach(one -> System.out.println("still there: " + one));
            boolean filed = filing.file(() -> draft(manifest, outcome, told));
            boolean clean = outcome.stays().isEmpty() || wanted.keep();
            return outcome.failed().isEmpty() && clean && filed ? 0 : 1;
        } catch (UnusableManifestException e) {
            System.err.println("--manifest: " + wanted.manifest() + " can't be used: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            System.err.println("--into: " + e.getMessage());
        } finally {
            done.countDown();
        }
        return COULD_NOT_RUN;
    }

    /** A signal: what was made is deleted before anything is stopped. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        RestoreDrill drill = running.get();
        if (drill != null && done.getCount() > 0) {
            drill.stop();
            if (!done.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(
                        "the drill did not end in time: what it made has the label state-hub.io/restore-drill");
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EvidenceDraft draft(Manifest manifest, RestoreOutcome outcome, List<String> told) {
        return new EvidenceDraft(
                EvidenceKind.RESTORE_DRILL,
                time.now().wallClock(),
                Optional.of(new SystemIdentifier(
                        Long.parseUnsignedLong(manifest.origin().systemIdentifier()))),
                outcome.failed().isEmpty() ? EvidenceVerdict.PASSED : EvidenceVerdict.FAILED,
                "restore of " + manifest.origin().database() + " on Kubernetes: "
                        + outcome.failed()
                                .map(step -> step.step() + ": " + step.said())
                                .orElse("verified"),
                Map.of("manifestTakenAt", manifest.origin().takenAt().toString()),
                List.of(Attachment.text("restore.txt", String.join("\n", told) + "\n")));
    }

    /** The restored database and its API, compared and asked as those of any restore are. */
    private final class Checks implements RestoreChecks {

        private final Manifest manifest;
        private final LimitOptions limits;
        private final ComparisonOptions comparison;

        Checks(Manifest manifest, LimitOptions limits, ComparisonOptions comparison) {
            this.manifest = manifest;
            this.limits = limits;
            this.comparison = comparison;
        }

        @Override
        public String database(String host) throws DrillStepException {
            PostgresUrl url = PostgresUrl.parse("jdbc:postgresql://" + host + ":5432/"
                    + settings.postgres().url().database());
            Duration silence = limits.silence();
            try {
                RestoreReport report = verification.report(
                        manifest,
                        LongLogins.asConfigured(settings.postgres(), url, silence),
                        limits,
                        comparison,
                        List::of);
                report.lines().forEach(System.out::println);
                if (report.outcome() != Outcome.SAME) {
                    throw new DrillStepException(report.summary());
                }
                return report.summary();
            } catch (SQLException e) {
                throw new DrillStepException("the restored database can't be read: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DrillStepException("interrupted");
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
                throw new DrillStepException(said);
            }
            return said;
        }
    }
}

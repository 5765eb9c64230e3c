package io.statehub.sidecar.cli.restore;

import static io.statehub.sidecar.cli.restore.Manifests.NOT_RUN;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.cli.FilingOptions;
import io.statehub.sidecar.cli.Stoppable;
import io.statehub.sidecar.cli.restore.RunCommand.Request;
import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.DrillFiling;
import io.statehub.sidecar.drill.restore.ApiAnswer;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.RestoreReport;
import io.statehub.sidecar.drill.restore.UnusableManifestException;
import io.statehub.sidecar.drill.restore.run.BackupException;
import io.statehub.sidecar.drill.restore.run.Restoration;
import io.statehub.sidecar.drill.restore.run.RestoredDatabase;
import io.statehub.sidecar.evidence.Attachment;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.observation.ShortText;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.time.TimeSource;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code drill restore run} does. */
@Singleton
@Unremovable
public class RestoreRun {

    private static final int DAMAGED = 1;
    private static final int INCOMPLETE = 3;

    private final Settings settings;
    private final RestoreVerification verification;
    private final TimeSource time;
    private final Stoppable work = new Stoppable();

    RestoreRun(Settings settings, RestoreVerification verification, TimeSource time) {
        this.settings = settings;
        this.verification = verification;
        this.time = time;
    }

    int run(Request request, LimitOptions limits, ComparisonOptions comparison, FilingOptions filing) {
        try {
            Manifest manifest = RestoreVerification.manifest(request.manifest());
            Optional<LongLogins> into = into(request, limits);
            if (into.isPresent()) {
                Optional<String> refused = verification.refused(manifest, into.get(), limits);
                if (refused.isPresent()) {
                    System.err.println("--into: " + into.get().described() + " is not restored into: " + refused.get());
                    return NOT_RUN;
                }
            }
            if (request.apiCommand().isPresent()
                    && verification.answers(comparison.api()).stream().anyMatch(ApiAnswer::sound)) {
                System.err.println("--api: an API answers there already, which --api-command has not started: it would"
                        + " be taken for that of the restored database");
                return NOT_RUN;
            }
            return restored(request, manifest, limits, comparison, filing);
        } catch (UnusableManifestException e) {
            System.err.println("--manifest: " + request.manifest() + " can't be used: " + e.getMessage());
        } catch (SQLException e) {
            System.err.println("the restored database can't be read: " + e.getMessage());
        } catch (BackupException e) {
            System.err.println("the drill can't be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.err.println("interrupted");
        } finally {
            work.over();
        }
        return NOT_RUN;
    }

    /** A signal: what was made is removed, and what was seen is filed, before anything else is stopped. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        work.end("the restore did not end in time: what it made is below --work, in restore-drill-…");
    }

    private int restored(
            Request request, Manifest manifest, LimitOptions limits, ComparisonOptions comparison, FilingOptions filing)
            throws SQLException, BackupException, InterruptedException {
        try {
            RestoreReport report = report(request, manifest, limits, comparison);
            return work.spared()
                    ? stopped(request, manifest, filing)
                    : verification.tell(report, request.manifest(), comparison.json(), filing);
        } catch (BackupException e) {
            // A program that was ended by us complains of the backup.
            if (work.spared()) {
                return stopped(request, manifest, filing);
            }
            if (!e.isDamaged()) {
                throw e;
            }
            String what = "the backup can't be restored: " + ShortText.of(String.valueOf(e.getMessage()));
            System.out.println("DIFFERENT " + what);
            return DrillFiling.exitCode(
                    DAMAGED, filing.file(() -> draft(request, manifest, EvidenceVerdict.FAILED, what)));
        } catch (SQLException | InterruptedException e) {
            if (work.spared()) {
                return stopped(request, manifest, filing);
            }
            throw e;
        }
    }

    /** Restores, and looks at what that brought back; all of it is removed when this returns. */
    private RestoreReport report(Request request, Manifest manifest, LimitOptions limits, ComparisonOptions comparison)
            throws SQLException, BackupException, InterruptedException {
        try (Restoration restoration = new Restoration(
                request.work(),
                request.pgBin(),
                request.superuser(),
                request.startDeadline(),
                request.maxSize(),
                time,
                RestoreRun::tell)) {
            Thread restoring = Thread.currentThread();
            Runnable removing = restoration::close;
            work.by(() -> {
                restoring.interrupt();
                removing.run();
            });
            Optional<LongLogins> into = into(request, limits);
            RestoredDatabase database = into.isPresent()
                    ? given(restoration, request, into.get())
                    : restoration.restore(request.source(), request.identity(), manifest);
            return verification.report(
                    manifest,
                    into.orElseGet(() -> logins(database, limits)),
                    limits,
                    comparison,
                    () -> api(request, comparison, database));
        }
    }

    private int stopped(Request request, Manifest manifest, FilingOptions filing) {
        String what = "stopped before its end: nothing was shown";
        System.out.println("INCOMPLETE " + what);
        return DrillFiling.exitCode(
                INCOMPLETE, filing.file(() -> draft(request, manifest, EvidenceVerdict.INCOMPLETE, what)));
    }

    private static void tell(String step) {
        System.err.println(step);
    }

    private Optional<LongLogins> into(Request request, LimitOptions limits) {
        return request.into().url().map(url -> request.into().logins(settings.postgres(), url, limits.silence()));
    }

    private RestoredDatabase given(Restoration restoration, Request request, LongLogins logins)
            throws SQLException, BackupException, InterruptedException {
        Map<String, String> transport = new HashMap<>();
        transport.put("PGSSLMODE", settings.postgres().sslmode().parameter());
        settings.postgres().sslrootcert().ifPresent(file -> transport.put("PGSSLROOTCERT", file.toString()));
        HostAndPort host = logins.url().addresses().get(0);
        RestoredDatabase database = new RestoredDatabase(
                host.name(),
                host.port(),
                logins.user(),
                logins.password(),
                logins.url().database(),
                transport);
        restoration.restoreInto(request.source(), request.identity(), database);
        tell("what was restored is left in " + database);
        return database;
    }

    private LongLogins logins(RestoredDatabase database, LimitOptions limits) {
        return LongLogins.with(
                database.user(),
                database.password().orElseThrow(),
                new LocalSettings(settings.postgres()),
                new PostgresUrl(List.of(new HostAndPort(database.host(), database.port())), database.database()),
                limits.silence());
    }

    private List<ApiAnswer> api(Request request, ComparisonOptions comparison, RestoredDatabase database) {
        Optional<String> command = request.apiCommand();
        if (command.isEmpty()) {
            return verification.answers(comparison.api());
        }
        try (ApiProcess process = ApiProcess.start(command.get(), database)) {
            return process.answers(() -> verification.answers(comparison.api()), request.startDeadline(), time);
        }
    }

    private EvidenceDraft draft(Request request, Manifest manifest, EvidenceVerdict verdict, String what) {
        return new EvidenceDraft(
                EvidenceKind.RESTORE_DRILL,
                time.now().wallClock(),
                Optional.of(new SystemIdentifier(
                        Long.parseUnsignedLong(manifest.origin().systemIdentifier()))),
                verdict,
                "restore of " + manifest.origin().database() + ": " + what,
                Map.of("manifestTakenAt", manifest.origin().takenAt().toString()),
                List.of(Attachment.file("manifest.json", request.manifest())));
    }
}

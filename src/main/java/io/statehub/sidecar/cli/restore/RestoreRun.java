package io.statehub.sidecar.cli.restore;

import static io.statehub.sidecar.cli.restore.Manifests.NOT_RUN;

import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.cli.FilingOptions;
import io.statehub.sidecar.cli.restore.RunCommand.Request;
import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.restore.ApiAnswer;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.RestoreReport;
import io.statehub.sidecar.drill.restore.UnusableManifestException;
import io.statehub.sidecar.drill.restore.run.BackupException;
import io.statehub.sidecar.drill.restore.run.Restoration;
import io.statehub.sidecar.drill.restore.run.RestoredDatabase;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.observation.ShortText;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.time.TimeSource;
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

    private final Settings settings;
    private final RestoreVerification verification;
    private final TimeSource time;

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
        }
        return NOT_RUN;
    }

    private int restored(
            Request request, Manifest manifest, LimitOptions limits, ComparisonOptions comparison, FilingOptions filing)
            throws SQLException, BackupException, InterruptedException {
        try (Restoration restoration = new Restoration(
                request.work(),
                request.pgBin(),
                request.superuser(),
                request.startDeadline(),
                request.maxSize(),
                time,
                RestoreRun::tell)) {
            Thread atExit = new Thread(restoration::close, "restore-cleanup");
            Runtime.getRuntime().addShutdownHook(atExit);
            Optional<LongLogins> into = into(request, limits);
            RestoredDatabase database = into.isPresent()
                    ? given(restoration, request, into.get())
                    : restoration.restore(request.source(), request.identity(), manifest);
            RestoreReport report = verification.report(
                    manifest,
                    into.orElseGet(() -> logins(database, limits)),
                    limits,
                    comparison,
                    () -> api(request, comparison, database));
            int code = verification.tell(report, request.manifest(), comparison.json(), filing);
            Runtime.getRuntime().removeShutdownHook(atExit);
            return code;
        } catch (BackupException e) {
            if (!e.isDamaged()) {
                throw e;
            }
            String what = "the backup can't be restored: " + ShortText.of(String.valueOf(e.getMessage()));
            System.out.println("DIFFERENT " + what);
            return filing.file(() -> draft(manifest, what)) ? DAMAGED : NOT_RUN;
        }
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

    private EvidenceDraft draft(Manifest manifest, String what) {
        return new EvidenceDraft(
                EvidenceKind.RESTORE_DRILL,
                time.now().wallClock(),
                Optional.of(new SystemIdentifier(
                        Long.parseUnsignedLong(manifest.origin().systemIdentifier()))),
                EvidenceVerdict.FAILED,
                what,
                Map.of(),
                List.of());
    }
}

package io.statehub.sidecar.cli.restore;

import static io.statehub.sidecar.cli.restore.Manifests.NOT_RUN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.cli.FilingOptions;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.DrillFiling;
import io.statehub.sidecar.drill.restore.ApiAnswer;
import io.statehub.sidecar.drill.restore.AsOf;
import io.statehub.sidecar.drill.restore.Comparison;
import io.statehub.sidecar.drill.restore.LiveCluster;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.ManifestJson;
import io.statehub.sidecar.drill.restore.RestoreReport;
import io.statehub.sidecar.drill.restore.RestoreReportJson;
import io.statehub.sidecar.drill.restore.RunningServer;
import io.statehub.sidecar.drill.restore.UnusableManifestException;
import io.statehub.sidecar.drill.restore.server.EmptyDatabase;
import io.statehub.sidecar.drill.restore.server.ManifestReader;
import io.statehub.sidecar.evidence.Attachment;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@code drill restore verify} does, and every other part that verifies. */
@Singleton
@Unremovable
public class RestoreVerification {

    private final Settings settings;
    private final Vertx vertx;
    private final TimeSource time;

    RestoreVerification(Settings settings, Vertx vertx, TimeSource time) {
        this.settings = settings;
        this.vertx = vertx;
        this.time = time;
    }

    int verify(
            Path file,
            DatabaseOptions database,
            LimitOptions limits,
            ComparisonOptions comparison,
            boolean force,
            FilingOptions filing) {
        LongLogins logins = database.logins(settings.postgres(), database.url().orElseThrow(), limits.silence());
        try {
            Manifest manifest = manifest(file);
            Optional<String> live = live(manifest, logins, limits);
            if (live.isPresent() && !force) {
                System.err.println("this is the live cluster: " + live.get() + "; --force verifies it all the same");
                return NOT_RUN;
            }
            RestoreReport report = report(manifest, logins, limits, comparison, () -> answers(comparison.api()));
            return tell(report, live, file, comparison.json(), filing);
        } catch (UnusableManifestException e) {
            System.err.println("--manifest: " + file + " can't be used: " + e.getMessage());
        } catch (SQLException e) {
            System.err.println(
                    "can't read " + logins.described() + " as role " + logins.user() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.err.println("interrupted");
        }
        return NOT_RUN;
    }

    /** Reads a manifest's file. */
    static Manifest manifest(Path file) throws UnusableManifestException {
        try (InputStream in = Files.newInputStream(file)) {
            return ManifestJson.read(new String(in.readNBytes(ManifestJson.MAX_LENGTH + 1), UTF_8));
        } catch (IOException e) {
            throw new UnusableManifestException("it can't be read: " + Refusal.of(e, file));
        }
    }

    /** Why that database is taken for the live one; the live servers are asked if there is a doubt. */
    private Optional<String> live(Manifest manifest, LongLogins logins, LimitOptions limits) throws SQLException {
        LiveAddresses addresses = new LiveAddresses(settings.postgres());
        Optional<String> address = addresses.of(logins.url());
        RunningServer found = server(manifest, logins, limits);
        Optional<String> known = LiveCluster.recognised(manifest.origin(), found, address, List.of());
        if (known.isPresent()
                || !found.systemIdentifier().equals(manifest.origin().systemIdentifier())) {
            return known;
        }
        return LiveCluster.recognised(manifest.origin(), found, address, liveServers(addresses, manifest, limits));
    }

    /**
     * Why nothing may be restored into that database; empty if it may. Stricter than what is verified: a dump never
     * belongs on the cluster that it is of.
     */
    Optional<String> refused(Manifest manifest, LongLogins into, LimitOptions limits) throws SQLException {
        LiveAddresses addresses = new LiveAddresses(settings.postgres());
        Optional<String> address = addresses.of(into.url());
        if (address.isPresent()) {
            return Optional.of("the settings name " + address.get() + " as the live cluster's");
        }
        RunningServer found = server(manifest, into, limits);
        if (found.systemIdentifier().equals(manifest.origin().systemIdentifier())) {
            return Optional.of("its server has the manifest's system identifier " + found.systemIdentifier());
        }
        Optional<String> live =
                LiveCluster.recognised(manifest.origin(), found, address, liveServers(addresses, manifest, limits));
        return live.isPresent() ? live : EmptyDatabase.held(into).map(what -> "it is not empty: it holds the " + what);
    }

    private List<RunningServer> liveServers(LiveAddresses addresses, Manifest manifest, LimitOptions limits) {
        List<RunningServer> servers = new ArrayList<>();
        for (PostgresUrl url : addresses.each()) {
            LongLogins logins = LongLogins.asConfigured(settings.postgres(), url, limits.silence());
            try {
                servers.add(server(manifest, logins, limits));
            } catch (SQLException e) {
                System.err.println("whether this is the live server at " + url.hosts() + " can't be asked there: "
                        + LongLogins.reason(e));
            }
        }
        return servers;
    }

    private RunningServer server(Manifest manifest, LongLogins logins, LimitOptions limits) throws SQLException {
        try (ProgressLines lines = new ProgressLines(ProgressLines.Style.none, time)) {
            return reader(manifest, logins, limits, lines).server();
        }
    }

    private ManifestReader reader(Manifest manifest, LongLogins logins, LimitOptions limits, ProgressLines lines) {
        return new ManifestReader(
                logins,
                limits.limits(manifest.recordsPerTable()),
                lines.progress(),
                time,
                Manifests.skippedSchemas(settings));
    }

    /** Reads and compares; the API is asked while nothing else is. */
    RestoreReport report(
            Manifest manifest,
            LongLogins logins,
            LimitOptions limits,
            ComparisonOptions comparison,
            Supplier<List<ApiAnswer>> api)
            throws SQLException, InterruptedException {
        AsOf asOf = AsOf.of(manifest.origin(), comparison.asOf());
        try (ProgressLines lines = new ProgressLines(limits.progress(), time)) {
            Manifest found = reader(manifest, logins, limits, lines).read(Optional.of(manifest), snapshot -> {});
            return new RestoreReport(
                    manifest.origin(), found.origin(), asOf, Comparison.of(manifest, found, asOf), api.get());
        }
    }

    /** What the API there answers; nothing without one. */
    List<ApiAnswer> answers(Optional<URI> api) {
        return api.map(new RestoredApi(settings.api(), vertx, time)::ask).orElse(List.of());
    }

    /** Prints and files it; the exit code. */
    int tell(RestoreReport report, Path manifest, boolean json, FilingOptions filing) {
        return tell(report, Optional.empty(), manifest, json, filing);
    }

    /** @param live why this is taken for the live cluster, which was verified all the same */
    private int tell(RestoreReport report, Optional<String> live, Path manifest, boolean json, FilingOptions filing) {
        live.ifPresent(why -> System.err.println(
                "this is the live cluster: " + why + "; that it is as expected is no evidence of a restore"));
        print(report, json);
        boolean filed = filing.file(() -> draft(report, live, time.now().wallClock(), manifest));
        return DrillFiling.exitCode(report.outcome().exitCode(), filed);
    }

    static void print(RestoreReport report, boolean json) {
        if (json) {
            System.out.print(RestoreReportJson.of(report));
        } else {
            report.lines().forEach(System.out::println);
        }
    }

    /** What is filed: the live cluster may be as expected, and has not been restored by that. */
    static EvidenceDraft draft(RestoreReport report, Optional<String> live, Instant at, Path manifest) {
        return new EvidenceDraft(
                EvidenceKind.RESTORE_DRILL,
                at,
                Optional.of(new SystemIdentifier(
                        Long.parseUnsignedLong(report.expected().systemIdentifier()))),
                switch (report.outcome()) {
                    case SAME -> live.isEmpty() ? EvidenceVerdict.PASSED : EvidenceVerdict.UNDECIDED;
                    case DIFFERENT -> EvidenceVerdict.FAILED;
                    case UNDECIDED -> EvidenceVerdict.UNDECIDED;
                },
                (live.isEmpty() ? "restore of " : "nothing was restored, the live cluster was verified: ")
                        + report.expected().database() + ": " + report.summary(),
                Map.of("manifestTakenAt", report.expected().takenAt().toString()),
                attachments(report, manifest));
    }

    /** What was found, for people and for programs, and what it was compared with. */
    static List<Attachment> attachments(RestoreReport report, Path manifest) {
        return List.of(
                Attachment.text("restore.txt", String.join("\n", report.lines()) + "\n"),
                Attachment.text("restore.json", RestoreReportJson.of(report)),
                Attachment.file("manifest.json", manifest));
    }
}

package io.statehub.sidecar.cli.restore;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.cli.FilingOptions;
import io.statehub.sidecar.cli.OutputFile;
import io.statehub.sidecar.cli.Stoppable;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.DrillFiling;
import io.statehub.sidecar.drill.ProcessTree;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.ManifestJson;
import io.statehub.sidecar.drill.restore.Origin;
import io.statehub.sidecar.drill.restore.TableRows;
import io.statehub.sidecar.drill.restore.server.ManifestReader;
import io.statehub.sidecar.evidence.Attachment;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.TimeSource;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code drill restore manifest} does. */
@Singleton
@Unremovable
public class Manifests {

    static final int NOT_RUN = 2;
    private static final int INCOMPLETE = 3;

    /** For a dump that is ended before its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Settings settings;
    private final TimeSource time;
    private final Stoppable work = new Stoppable();

    Manifests(Settings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    int write(
            Path output,
            DatabaseOptions database,
            LimitOptions limits,
            int records,
            Optional<String> dumpWith,
            FilingOptions filing) {
        PostgresUrl url = database.url().orElse(settings.postgres().url());
        LongLogins logins = database.logins(settings.postgres(), url, limits.silence());
        try {
            long begun = time.now().nanos();
            Manifest manifest = read(logins, limits, records, dumpWith);
            requireNoSignal();
            OutputFile.write(output, ManifestJson.write(manifest));
            tell(manifest, output, Duration.ofNanos(time.now().nanos() - begun));
            boolean filed = filing.file(() -> draft(manifest, output));
            return DrillFiling.exitCode(manifest.complete() ? 0 : INCOMPLETE, filed);
        } catch (SQLException e) {
            System.err.println(
                    "can't read " + logins.described() + " as role " + logins.user() + ": " + e.getMessage());
        } catch (OutputFile.NotWrittenException e) {
            System.err.println(e.getMessage());
        } catch (DumpFailedException e) {
            System.err.println("--dump-with: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.err.println("interrupted: nothing was written");
        } finally {
            work.over();
        }
        return NOT_RUN;
    }

    /** A signal: a dump without its manifest is of no use. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        work.end("the command of --dump-with did not end in time");
    }

    private Manifest read(LongLogins logins, LimitOptions limits, int records, Optional<String> dumpWith)
            throws SQLException, InterruptedException {
        try (ProgressLines lines = new ProgressLines(limits.progress(), time)) {
            ManifestReader reader = new ManifestReader(
                    logins, limits.limits(records), lines.progress(), time, skippedSchemas(settings));
            return reader.read(Optional.empty(), snapshot -> {
                if (dumpWith.isPresent()) {
                    dump(dumpWith.get(), snapshot);
                }
            });
        }
    }

    /** Its rows change each second, with nobody's data in them. */
    static Map<String, String> skippedSchemas(Settings settings) {
        return Map.of(settings.heartbeat().schema(), "heartbeats of the sidecar, which change all the time");
    }

    private static final class DumpFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DumpFailedException(String message) {
            super(message);
        }
    }

    /** Whatever the exit code of the command says: it may have had the same signal, and taken it for its end. */
    private void requireNoSignal() {
        if (work.spared()) {
            throw new DumpFailedException("a signal ended the command, so nothing was written");
        }
    }

    private void dump(String command, String snapshot) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).inheritIO();
        builder.environment().put("STATEHUB_SNAPSHOT", snapshot);
        try {
            Process dump = builder.start();
            work.by(() -> ProcessTree.end(dump, PATIENCE));
            int code = dump.waitFor();
            requireNoSignal();
            if (code != 0) {
                throw new DumpFailedException("the command ended with exit code " + code + ", expected 0");
            }
        } catch (IOException e) {
            throw new DumpFailedException("the command could not be run: " + Refusal.of(e));
        }
    }

    private static EvidenceDraft draft(Manifest manifest, Path output) {
        Origin origin = manifest.origin();
        return new EvidenceDraft(
                EvidenceKind.RESTORE_MANIFEST,
                origin.takenAt(),
                Optional.of(new SystemIdentifier(Long.parseUnsignedLong(origin.systemIdentifier()))),
                manifest.complete() ? EvidenceVerdict.PASSED : EvidenceVerdict.UNDECIDED,
                "manifest of database " + origin.database() + " at " + origin.lsn() + ": " + manifest.rows()
                        + " rows of " + manifest.tables().size() + " tables",
                Map.of("lsn", origin.lsn(), "timeline", Integer.toString(origin.timeline())),
                List.of(Attachment.file("manifest.json", output)));
    }

    private static void tell(Manifest manifest, Path output, Duration took) {
        double seconds = Math.max(took.toMillis(), 1) / 1000.0;
        long read = manifest.tables().stream()
                .filter(table -> table.rows() instanceof TableRows.Read)
                .count();
        System.out.printf(
                Locale.ROOT,
                "%s: %,d rows of %d tables in %.1f s (%,d rows/s), of %s at %s (timeline %d, %s)%n",
                output,
                manifest.rows(),
                read,
                seconds,
                Math.round(manifest.rows() / seconds),
                manifest.origin().database(),
                manifest.origin().takenAt(),
                manifest.origin().timeline(),
                manifest.origin().lsn());
        manifest.tables().forEach(table -> {
            if (table.rows() instanceof TableRows.Unread unread) {
                System.out.println("NOT READ table " + table.name() + ": " + unread.reason());
            } else if (table.rows() instanceof TableRows.Skipped skipped) {
                System.out.println("skipped " + table.name() + ": " + skipped.reason());
            }
        });
        manifest.unseen().forEach(it -> System.out.println("NOT READ " + it.subject() + ": " + it.reason()));
    }
}

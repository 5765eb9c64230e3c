package io.statehub.sidecar.cli.restore;

import static java.util.Objects.requireNonNull;

import io.quarkus.arc.Arc;
import io.statehub.sidecar.cli.FilingOptions;
import io.statehub.sidecar.drill.restore.run.BackupSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drill restore run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Restores a backup into a temporary server on this machine, compares it with its manifest, and removes"
                    + " what it made. With --into a dump into an empty database, where it is left.",
            "Takes dumps (custom, tar, a folder in a tar file, plain) and base backups with their log in a tar"
                    + " file, encrypted with"
                    + " age or not, compressed with gzip or zstd or not.",
            "With --cnpg the whole on Kubernetes: a cluster of its own from the object store, compared, asked"
                    + " through a copy of"
                    + " the API, written down, and removed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:restored, and the same",
            "1:the backup is damaged, or what it brings back differs",
            "2:it could not be done, or wrong usage",
            "3:undecided: something could not be compared, or it was stopped"
        })
final class RunCommand implements Callable<Integer> {

    private static final String DIGEST = "[0-9a-f]{64}";
    private static final int MOST_SECONDS = 86_400;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private ComparisonOptions comparison = new ComparisonOptions();

    @Mixin
    private CnpgOptions cnpg = new CnpgOptions();

    @Mixin
    private IntoOptions into = new IntoOptions();

    @Mixin
    private FilingOptions filing = new FilingOptions();

    @Option(
            names = "--from",
            paramLabel = "FILE|URL",
            description = "The backup: a file, or an https:// URL. This or --cnpg.")
    private @Nullable String from;

    @Option(names = "--manifest", paramLabel = "FILE", required = true, description = "The manifest to compare with.")
    private @Nullable Path manifest;

    @Option(names = "--identity", paramLabel = "FILE", description = "File with the secret key of age.")
    private @Nullable Path identity;

    @Option(names = "--sha256", paramLabel = "DIGEST", description = "The digest that the backup must have.")
    private @Nullable String sha256;

    @Option(names = "--length", paramLabel = "BYTES", description = "The length that the backup must have.")
    private @Nullable Long length;

    @Option(
            names = "--pg-bin",
            paramLabel = "DIR",
            description = "Where PostgreSQL's programs are; the PATH, and where Debian has them, if not given.")
    private @Nullable Path pgBin;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}",
            description =
                    "Where everything is unpacked and restored, and removed afterwards; ${DEFAULT-VALUE} if not given.")
    private Path work = Path.of(".");

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            description = "Most that all of it may take in --work, unpacked and restored, such as 20G (powers of 1024);"
                    + " nine tenths of what is free there if not given.")
    private @Nullable String maxSize;

    @Option(
            names = "--superuser",
            paramLabel = "ROLE",
            defaultValue = "postgres",
            description = "Superuser of the temporary server; of a base backup, one that it holds. ${DEFAULT-VALUE} if"
                    + " not given.")
    private String superuser = "postgres";

    @Option(
            names = "--start-timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Time for the server to recover, and for the API to answer, from 1 to 86400; ${DEFAULT-VALUE}"
                    + " if not"
                    + " given.")
    private int startSeconds;

    @Option(
            names = "--api-command",
            paramLabel = "COMMAND",
            description = "Run this by the shell to start an API on the restored database, whose address is in"
                    + " DATABASE_URL and in"
                    + " PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE. Needs --api.")
    private @Nullable String apiCommand;

    @Spec
    private @Nullable CommandSpec spec;

    /** What was asked for, besides what is compared. */
    record Request(
            BackupSource source,
            Path manifest,
            IntoOptions into,
            Optional<Path> identity,
            Optional<Path> pgBin,
            Path work,
            OptionalLong maxSize,
            String superuser,
            Duration startDeadline,
            Optional<String> apiCommand) {}

    @Override
    public Integer call() {
        if (cnpg.wanted() == (from != null)) {
            throw wrong("--from, --cnpg: one of them must be given, and not both");
        }
        if (cnpg.wanted()) {
            return Arc.container()
                    .instance(CnpgRestore.class)
                    .get()
                    .run(cnpg.wanted(requireNonNull(manifest), into, comparison), limits, comparison, filing);
        }
        if (sha256 != null && !sha256.matches(DIGEST)) {
            throw wrong("--sha256: '" + sha256 + "' is not allowed: it must be 64 hexadecimal digits in lower case");
        }
        if (length != null && length < 0) {
            throw wrong("--length: " + length + " is not allowed: it must be 0 or more");
        }
        if (startSeconds < 1 || startSeconds > MOST_SECONDS) {
            throw wrong("--start-timeout: " + startSeconds + " is not allowed: it must be from 1 to " + MOST_SECONDS);
        }
        if (apiCommand != null && comparison.api().isEmpty()) {
            throw wrong("--api-command: needs --api, the address at which that API will answer");
        }
        String location = requireNonNull(from);
        if (location.matches("[a-z][a-z0-9+.-]*://.*") && !location.startsWith("https://")) {
            throw wrong("--from: '" + location.replaceAll("[?].*", "")
                    + "' is not allowed: it must be a file or an https:// URL");
        }
        BackupSource source = new BackupSource(
                location, Optional.ofNullable(sha256), length == null ? OptionalLong.empty() : OptionalLong.of(length));
        Request request = new Request(
                source,
                requireNonNull(manifest),
                into,
                Optional.ofNullable(identity),
                Optional.ofNullable(pgBin),
                work,
                maxSize == null ? OptionalLong.empty() : OptionalLong.of(size(maxSize)),
                superuser,
                Duration.ofSeconds(startSeconds),
                Optional.ofNullable(apiCommand));
        return Arc.container().instance(RestoreRun.class).get().run(request, limits, comparison, filing);
    }

    private long size(String text) {
        return Sizes.parse(text).orElseThrow(() -> wrong(Sizes.notAllowed("--max-size", text)));
    }

    private CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }
}

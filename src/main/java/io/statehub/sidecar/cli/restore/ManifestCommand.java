package io.statehub.sidecar.cli.restore;

import static java.util.Objects.requireNonNull;

import io.quarkus.arc.Arc;
import io.statehub.sidecar.cli.FilingOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drill restore manifest}. */
@Command(
        name = "manifest",
        mixinStandardHelpOptions = true,
        description = {
            "Writes down what a database holds, to be stored beside its backup: of every table the count of rows, a"
                    + " digest of"
                    + " their content and some rows one by one; the schema, sequences, large objects and rights.",
            "Everything is read in one snapshot; nothing is written, and it may run on a standby."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was read",
            "2:it could not be done, or wrong usage",
            "3:written, but something could not be read: the file names it"
        })
final class ManifestCommand implements Callable<Integer> {

    private static final int MOST_RECORDS = 10_000;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where to write it.")
    private @Nullable Path output;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "100",
            description = "Rows of each table that are recorded one by one, so that they can be named when they differ,"
                    + " from 0 to"
                    + " 10000; ${DEFAULT-VALUE} if not given.")
    private int records;

    @Option(
            names = "--dump-with",
            paramLabel = "COMMAND",
            description = "Run this by the shell in the same snapshot, whose name is in STATEHUB_SNAPSHOT, such as"
                    + " 'pg_dump --snapshot=\"$$STATEHUB_SNAPSHOT\" …': dump and manifest are then of the same moment.")
    private @Nullable String dumpWith;

    @Mixin
    private FilingOptions filing = new FilingOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (records < 0 || records > MOST_RECORDS) {
            throw new CommandLine.ParameterException(
                    requireNonNull(spec).commandLine(),
                    "--records: " + records + " is not allowed: it must be from 0 to " + MOST_RECORDS);
        }
        return Arc.container()
                .instance(Manifests.class)
                .get()
                .write(requireNonNull(output), database, limits, records, Optional.ofNullable(dumpWith), filing);
    }
}

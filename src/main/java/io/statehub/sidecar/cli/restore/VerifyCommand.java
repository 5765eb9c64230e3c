package io.statehub.sidecar.cli.restore;

import static java.util.Objects.requireNonNull;

import io.quarkus.arc.Arc;
import io.statehub.sidecar.cli.FilingOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drill restore verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compares a restored database with the manifest of the one that was backed up, and lists each difference.",
            "Only reads. Refuses the live cluster, which would pass and prove nothing; in doubt, the servers at the"
                    + " addresses of the settings are asked when they were started."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the same, apart from what is allowed",
            "1:there are differences",
            "2:it could not be done, or wrong usage",
            "3:undecided: something could not be compared"
        })
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private ComparisonOptions comparison = new ComparisonOptions();

    @Mixin
    private FilingOptions filing = new FilingOptions();

    @Option(names = "--manifest", paramLabel = "FILE", required = true, description = "The manifest to compare with.")
    private @Nullable Path manifest;

    @Option(names = "--force", description = "Verify even if it seems to be the live cluster.")
    private boolean force;

    @Override
    public Integer call() {
        if (database.url().isEmpty()) {
            throw database.wrong("--url: is missing: the restored database, jdbc:postgresql://host:port/database");
        }
        return Arc.container()
                .instance(RestoreVerification.class)
                .get()
                .verify(requireNonNull(manifest), database, limits, comparison, force, filing);
    }
}

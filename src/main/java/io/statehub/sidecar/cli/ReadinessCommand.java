package io.statehub.sidecar.cli;

import io.quarkus.arc.Arc;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report readiness}. */
@Command(
        name = "readiness",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at nodes, storage, database, backups, API and access, and reports each as PASS, FAIL or UNKNOWN"
                    + " with its"
                    + " evidence.",
            "Exit code 0 only if nothing is FAIL or UNKNOWN, 1 otherwise. Needs statehub.kubernetes.*: outside of a"
                    + " pod set"
                    + " statehub.kubernetes.enabled to true; the API server is that of your kubeconfig."
        })
final class ReadinessCommand implements Callable<Integer> {

    /** How it is written. */
    enum Format {
        markdown,
        json
    }

    @Option(
            names = "--format",
            defaultValue = "markdown",
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
    private Format format = Format.markdown;

    @Option(names = "--output", paramLabel = "FILE", description = "Write it there instead of to the standard output.")
    private @Nullable Path output;

    @Mixin
    private FilingOptions filing = new FilingOptions();

    @Override
    public Integer call() {
        return Arc.container()
                .instance(ReadinessReporting.class)
                .get()
                .run(format == Format.json, Optional.ofNullable(output), filing);
    }
}

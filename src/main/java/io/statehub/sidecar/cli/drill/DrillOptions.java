package io.statehub.sidecar.cli.drill;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.cli.evidence.EvidenceFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every drill that causes a fault takes. */
public final class DrillOptions {

    private static final int MOST_DEADLINE = 86_400;

    @Mixin
    private EvidenceFolder evidence = new EvidenceFolder();

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long it is watched after the trigger, from 1 to 86400; ${DEFAULT-VALUE} if not given.")
    private int deadline;

    @Option(names = "--yes", description = "Begin without asking.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Look, print the plan, and end.")
    private boolean dryRun;

    @Option(names = "--anyway", description = "Begin though not all is sound; the report says so.")
    private boolean anyway;

    @Option(
            names = "--progress",
            defaultValue = "auto",
            description = "One of ${COMPLETION-CANDIDATES}: live redraws a few lines, plain prints one at a time;"
                    + " live on a terminal and plain elsewhere if not given.")
    private ProgressKind progress = ProgressKind.auto;

    @Option(
            names = "--resume",
            arity = "0..1",
            paramLabel = "LEDGER",
            fallbackValue = "",
            description =
                    "Report on a drill that was killed, from its ledger: the newest beside the evidence if none is"
                            + " named. Causes no fault.")
    private @Nullable String resume;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** What is shown while it runs. */
    enum ProgressKind {
        auto,
        plain,
        live,
        none
    }

    DrillConsole console() {
        return new DrillConsole(progress, yes);
    }

    Path folder() {
        return evidence.store().folder();
    }

    /** Whether a drill that was killed is to be reported on. */
    boolean resuming() {
        return resume != null;
    }

    /** The ledger of that; the newest if empty. */
    Optional<Path> ledger() {
        return Optional.ofNullable(resume).filter(file -> !file.isEmpty()).map(Path::of);
    }

    Duration deadline() {
        within("--deadline", deadline, MOST_DEADLINE, "seconds");
        return Duration.ofSeconds(deadline);
    }

    boolean anyway() {
        return anyway;
    }

    boolean dryRun() {
        return dryRun;
    }

    void within(String name, int given, int most, String unit) {
        if (given < 1 || given > most) {
            throw wrong(name + ": " + given + " is not allowed: it must be from 1 to " + most + " " + unit);
        }
    }

    CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }
}

package io.statehub.sidecar.cli.drill;

import static java.util.Objects.requireNonNull;

import io.quarkus.arc.Arc;
import io.statehub.sidecar.cli.evidence.EvidenceFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drill failover}. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "Loses the primary on purpose, writes, reads and asks the API meanwhile, and reports what that cost:"
                    + " how long each"
                    + " was out, and which acknowledged writes are gone. The report is filed as evidence.",
            "Its rows are in the table canary, which the command migrate makes, and are deleted in the end."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all objectives were met, and nothing was lost",
            "1:an objective was missed, or acknowledged data was lost",
            "2:wrong usage, or it could not be run",
            "3:undecided, or broken off"
        })
public final class FailoverDrillCommand implements Callable<Integer> {

    private static final int MOST_RATE = 1000;
    private static final int MOST_DEADLINE = 86_400;

    @Mixin
    private EvidenceFolder evidence = new EvidenceFolder();

    @Option(
            names = "--trigger",
            paramLabel = "TRIGGER",
            defaultValue = "manual",
            description = {
                "What causes the failover; ${DEFAULT-VALUE} if not given. One of",
                "manual: you do",
                "command:CMD: the shell runs CMD, once",
                "kubernetes:delete-primary-pod",
                "kubernetes:cordon-and-delete: its node takes no pods meanwhile",
                "cnpg:switchover: the operator is asked to promote a standby"
            })
    private String trigger = "manual";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Writes a second, from 1 to 1000; ${DEFAULT-VALUE} if not given.")
    private int rate;

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

    @Option(names = "--anyway", description = "Begin though the cluster is not sound; the report says so.")
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

    @Spec
    private @Nullable CommandSpec spec;

    /** What is shown while it runs. */
    enum ProgressKind {
        auto,
        plain,
        live,
        none
    }

    @Override
    public Integer call() {
        FailoverDrilling drilling =
                Arc.container().instance(FailoverDrilling.class).get();
        DrillConsole console = new DrillConsole(progress, yes);
        Path folder = evidence.store().folder();
        if (resume != null) {
            return drilling.resume(resume.isEmpty() ? Optional.empty() : Optional.of(Path.of(resume)), folder, console);
        }
        within("--rate", rate, MOST_RATE, "writes a second");
        within("--deadline", deadline, MOST_DEADLINE, "seconds");
        if (!Triggers.allowed(trigger)) {
            throw wrong("--trigger: '" + trigger + "' is not allowed: it must be one of " + Triggers.ALLOWED);
        }
        return drilling.run(
                new FailoverDrilling.Wanted(trigger, rate, Duration.ofSeconds(deadline), folder, anyway, dryRun),
                console);
    }

    private void within(String name, int given, int most, String unit) {
        if (given < 1 || given > most) {
            throw wrong(name + ": " + given + " is not allowed: it must be from 1 to " + most + " " + unit);
        }
    }

    private CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }
}

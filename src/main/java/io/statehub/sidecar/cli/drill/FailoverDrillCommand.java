package io.statehub.sidecar.cli.drill;

import io.quarkus.arc.Arc;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drill failover}. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "Takes the primary down on purpose, writes, reads and asks the API meanwhile, and reports the cost:"
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

    @Mixin
    private DrillOptions options = new DrillOptions();

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

    @Override
    public Integer call() {
        FailoverDrilling drilling =
                Arc.container().instance(FailoverDrilling.class).get();
        DrillConsole console = options.console();
        if (options.resuming()) {
            return drilling.resume(options.ledger(), options.folder(), console);
        }
        options.within("--rate", rate, MOST_RATE, "writes a second");
        Duration deadline = options.deadline();
        if (!Triggers.allowed(trigger)) {
            throw options.wrong("--trigger: '" + trigger + "' is not allowed: it must be one of " + Triggers.ALLOWED);
        }
        return drilling.run(
                new FailoverDrilling.Wanted(
                        trigger, rate, deadline, options.folder(), options.anyway(), options.dryRun()),
                console);
    }
}

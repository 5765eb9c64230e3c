package io.statehub.sidecar.cli.drill;

import io.quarkus.arc.Arc;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drill api}. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = {
            "Loses one pod of the API on purpose, asks both of its paths meanwhile, and reports how long it took until"
                    + " they answered and the Deployment was whole again with no hand touching it, and how many"
                    + " requests failed. The report is filed as evidence.",
            "statehub.api.url must be the address of the Service, not that of one pod."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was whole again within the time that is allowed",
            "1:it was not",
            "2:wrong usage, or it could not be run",
            "3:undecided, or broken off"
        })
public final class ApiDrillCommand implements Callable<Integer> {

    private static final int MOST_RATE = 100;
    private static final int MOST_ALLOWED = 86_399;

    @Mixin
    private DrillOptions options = new DrillOptions();

    @Option(
            names = "--trigger",
            paramLabel = "TRIGGER",
            defaultValue = "manual",
            description = {
                "What causes the fault; ${DEFAULT-VALUE} if not given. One of",
                "manual: you do",
                "command:CMD: the shell runs CMD, once",
                "kubernetes:delete-api-pod: the first pod of --deployment that is ready"
            })
    private String trigger = "manual";

    @Option(
            names = "--deployment",
            paramLabel = "NAME",
            description = "The API's Deployment; Kubernetes is not asked if not given.")
    private @Nullable String deployment;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10",
            description = "Requests a second to each path, from 1 to 100; ${DEFAULT-VALUE} if not given.")
    private int rate;

    @Option(
            names = "--allowed",
            paramLabel = "SECONDS",
            description = "How long it may take from the trigger until all is whole again, from 1 to 86399, and less"
                    + " than --deadline; statehub.objectives.rto if not given.")
    private @Nullable Integer allowed;

    @Override
    public Integer call() {
        ApiDrilling drilling = Arc.container().instance(ApiDrilling.class).get();
        DrillConsole console = options.console();
        if (options.resuming()) {
            return drilling.resume(options.ledger(), options.folder(), console);
        }
        options.within("--rate", rate, MOST_RATE, "requests a second");
        Duration deadline = options.deadline();
        if (!Triggers.allowedForApi(trigger)) {
            throw options.wrong(
                    "--trigger: '" + trigger + "' is not allowed: it must be one of " + Triggers.ALLOWED_FOR_API);
        }
        Duration most = drilling.rto();
        if (allowed != null) {
            options.within("--allowed", allowed, MOST_ALLOWED, "seconds");
            most = Duration.ofSeconds(allowed);
        }
        if (deadline.compareTo(most) <= 0) {
            throw options.wrong("--deadline: " + deadline.toSeconds() + " s is not allowed: it must be longer than what"
                    + " may pass until all is whole (" + most.toSeconds()
                    + " s: --allowed, or statehub.objectives.rto)");
        }
        return drilling.run(
                new ApiDrilling.Wanted(
                        trigger,
                        Optional.ofNullable(deployment),
                        rate,
                        most,
                        deadline,
                        options.folder(),
                        options.anyway(),
                        options.dryRun()),
                console);
    }
}

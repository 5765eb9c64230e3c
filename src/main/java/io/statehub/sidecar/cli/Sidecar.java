package io.statehub.sidecar.cli;

import io.statehub.sidecar.cli.evidence.EvidenceCommand;
import io.statehub.sidecar.cli.gate.GateCommand;
import io.statehub.sidecar.cli.running.FailoversCommand;
import io.statehub.sidecar.cli.running.StatusCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The root of the command line. */
@Command(
        name = Sidecar.NAME,
        mixinStandardHelpOptions = true,
        description = {
            "Watches an HTTP API and the PostgreSQL cluster behind it. Without arguments it watches, as its"
                    + " settings say;"
                    + " with a command it does that and ends.",
            "Settings are environment variables, such as STATEHUB_POSTGRES_URL; docs/settings.md lists them."
        },
        subcommands = {
            StatusCommand.class,
            FailoversCommand.class,
            MigrateCommand.class,
            VerifyCommand.class,
            ReportCommand.class,
            DrillCommand.class,
            EvidenceCommand.class,
            GateCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and all is well",
            "1:done, and something is not well; or it can't be done",
            "2:wrong usage; of drills: could not be run",
            "3:of drills: undecided; of status and failovers: down or unknown, or no sidecar could be read"
        },
        footer = {"", "Help on a command: " + Sidecar.NAME + " COMMAND --help"})
final class Sidecar {

    static final String NAME = "state-hub-sidecar";
}

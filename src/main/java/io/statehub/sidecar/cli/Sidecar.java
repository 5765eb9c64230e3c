package io.statehub.sidecar.cli;

import picocli.CommandLine.Command;

/** The root of the command line. */
@Command(
        name = Sidecar.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Watches an HTTP API and the PostgreSQL cluster behind it. Without arguments it watches, as its settings say;"
                    + " with a command it does that and ends.",
            "Settings are environment variables, such as STATEHUB_POSTGRES_URL; the README lists them."
        },
        subcommands = {MigrateCommand.class, VerifyCommand.class, ReportCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and all is well",
            "1:done, and something is not well; or it can't be done",
            "2:wrong usage"
        },
        footer = {"", "Help on a command: " + Sidecar.NAME + " COMMAND --help"})
final class Sidecar {

    static final String NAME = "state-hub-sidecar";
}

package io.statehub.sidecar.cli;

import io.statehub.sidecar.cli.drill.ApiDrillCommand;
import io.statehub.sidecar.cli.drill.FailoverDrillCommand;
import io.statehub.sidecar.cli.restore.RestoreCommand;
import picocli.CommandLine.Command;

/** {@code drill}. */
@Command(
        name = DrillCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Proves that what is needed in an emergency works, and writes down what was seen.",
        subcommands = {FailoverDrillCommand.class, ApiDrillCommand.class, RestoreCommand.class})
final class DrillCommand {

    static final String NAME = "drill";
}

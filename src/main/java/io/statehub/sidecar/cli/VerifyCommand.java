package io.statehub.sidecar.cli;

import picocli.CommandLine.Command;

/** {@code verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks something from where it is run.",
        subcommands = AccessCommand.class)
final class VerifyCommand {}

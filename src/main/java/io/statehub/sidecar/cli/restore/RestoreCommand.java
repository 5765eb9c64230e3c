package io.statehub.sidecar.cli.restore;

import picocli.CommandLine.Command;

/** {@code drill restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Proves that a backup brings back what was there.",
        subcommands = {ManifestCommand.class, VerifyCommand.class, RunCommand.class})
public final class RestoreCommand {}

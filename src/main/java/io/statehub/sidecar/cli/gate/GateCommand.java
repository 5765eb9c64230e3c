package io.statehub.sidecar.cli.gate;

import picocli.CommandLine.Command;

/** {@code gate}. */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = "Says whether the old system may be retired, by the evidence alone.",
        subcommands = {RetirementCommand.class, ApproveCommand.class})
public final class GateCommand {}

package io.statehub.sidecar.cli;

import picocli.CommandLine.Command;

/** {@code report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Writes a report to be filed.",
        subcommands = ReadinessCommand.class)
final class ReportCommand {}

package io.statehub.sidecar.cli.evidence;

import picocli.CommandLine.Command;

/** {@code evidence}. */
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, checks and archives what drills, reports and approvals filed.",
        subcommands = {
            EvidenceListCommand.class,
            EvidenceShowCommand.class,
            EvidenceVerifyCommand.class,
            EvidenceExportCommand.class,
            EvidenceAddCommand.class
        })
public final class EvidenceCommand {}

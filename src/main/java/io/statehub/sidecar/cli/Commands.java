package io.statehub.sidecar.cli;

import io.statehub.sidecar.cli.running.NeedsNoStart;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line, in two halves: what is typed is understood before anything is started, so that help, version and a
 * misspelt word cost nothing and need no settings; a command is done after the start.
 */
public final class Commands {

    private Commands() {}

    /**
     * Understands what was typed, and answers it if that takes no start.
     *
     * @return the exit code if all is said; empty if there is a command to be done
     */
    public static Optional<Integer> answered(String... arguments) {
        CommandLine commands = line();
        try {
            ParseResult parsed = commands.parseArgs(arguments);
            CommandLine typed =
                    parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
            if (!typed.getParseResult().unmatched().isEmpty()) {
                // With --help beside it a word that there isn't is let through.
                throw new UnmatchedArgumentException(
                        typed, typed.getParseResult().unmatched());
            }
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return Optional.of(helped);
            }
            CommandLine last =
                    parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
            if (!last.getSubcommands().isEmpty()) {
                throw new ParameterException(
                        last,
                        "a command is missing: one of "
                                + String.join(", ", last.getSubcommands().keySet()));
            }
            return last.getCommand() instanceof NeedsNoStart || last.getCommand() instanceof HelpCommand
                    ? Optional.of(done(arguments))
                    : Optional.empty();
        } catch (ParameterException e) {
            return Optional.of(refused(e));
        }
    }

    /** Does the command, after the start; the exit code. */
    public static int done(String... arguments) {
        CommandLine commands = line();
        commands.setParameterExceptionHandler((wrong, ignored) -> refused(wrong));
        commands.setExecutionExceptionHandler((fault, command, parsed) -> {
            throw fault;
        });
        return commands.execute(arguments);
    }

    /** The exit code of a command that can't be done, since the start before it failed: of a drill, 1 is a result. */
    public static int notRun(String... arguments) {
        return DrillCommand.NAME.equals(arguments[0]) ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static CommandLine line() {
        CommandLine commands = new CommandLine(new Sidecar());
        versioned(commands);
        return commands;
    }

    /** Every command tells the same version. */
    private static void versioned(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(Commands::versioned);
    }

    /** One message, and where to read more. */
    private static int refused(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter errors = command.getErr();
        errors.println(UsageMessage.of(wrong));
        errors.println("help: " + command.getCommandSpec().qualifiedName() + " --help");
        errors.flush();
        return ExitCode.USAGE;
    }
}

package io.statehub.sidecar.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Why a command line is not understood, in one line: what was typed, where, and what is allowed there. */
final class UsageMessage {

    private UsageMessage() {}

    static String of(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return "unknown: " + String.join(" ", unmatched.getUnmatched()) + "; allowed: "
                    + allowed(wrong.getCommandLine().getCommandSpec());
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream()
                    .map(argument ->
                            argument.isOption() ? name(argument) + "=" + argument.paramLabel() : argument.paramLabel())
                    .collect(Collectors.joining(", ", "missing: ", ""));
        }
        ArgSpec argument = wrong.getArgSpec();
        return argument == null || wrong.getValue() == null
                ? String.valueOf(wrong.getMessage())
                : name(argument) + ": '" + wrong.getValue() + "' is not allowed: it must be " + allowed(argument);
    }

    /** The commands that may follow, or the options of one that none follows. */
    private static String allowed(CommandSpec command) {
        return command.subcommands().isEmpty()
                ? command.options().stream()
                        .map(OptionSpec::longestName)
                        .sorted()
                        .collect(Collectors.joining(", "))
                : String.join(", ", command.subcommands().keySet());
    }

    private static String allowed(ArgSpec argument) {
        Class<?> type = argument.type();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false, or left out";
        }
        return type == Integer.class || type == int.class || type == Long.class || type == long.class
                ? "a whole number"
                : argument.paramLabel();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}

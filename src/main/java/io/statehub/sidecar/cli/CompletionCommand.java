package io.statehub.sidecar.cli;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.cli.running.NeedsNoStart;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script by which a shell completes commands and options.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:wrong usage"})
final class CompletionCommand implements Callable<Integer>, NeedsNoStart {

    /** The shells that can be told. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Shell shell;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = requireNonNull(spec).root().commandLine();
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        out.print(
                switch (requireNonNull(shell)) {
                    // It makes zsh take it, too.
                    case BASH, ZSH -> AutoComplete.bash(Sidecar.NAME, root);
                    case FISH -> fish(root);
                });
        out.flush();
        return 0;
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c " + Sidecar.NAME + " -f\n");
        options(root, "__fish_use_subcommand", script);
        root.getSubcommands().forEach((name, command) -> {
            script.append("complete -c %s -n __fish_use_subcommand -a %s -d '%s'%n"
                    .formatted(Sidecar.NAME, name, about(command)));
            String within = "'__fish_seen_subcommand_from " + name + "'";
            command.getSubcommands()
                    .keySet()
                    .forEach(below ->
                            script.append("complete -c %s -n %s -a %s%n".formatted(Sidecar.NAME, within, below)));
            options(command, within, script);
            command.getSubcommands().values().forEach(below -> options(below, within, script));
        });
        return script.toString();
    }

    private static void options(CommandLine command, String condition, StringBuilder script) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            script.append("complete -c %s -n %s -l %s%n"
                    .formatted(Sidecar.NAME, condition, option.longestName().replaceFirst("^-+", "")));
        }
    }

    private static String about(CommandLine command) {
        String[] lines = command.getCommandSpec().usageMessage().description();
        return lines.length == 0 ? "" : lines[0].replace("'", "’");
    }
}

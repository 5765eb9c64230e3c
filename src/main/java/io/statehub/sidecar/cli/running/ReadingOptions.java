package io.statehub.sidecar.cli.running;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has that reads a running sidecar. */
final class ReadingOptions {

    private static final String ADDRESS = "https?://[^/?#@\\s]+/?";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Address of the sidecar; http://localhost:9600 if not given, with the port of QUARKUS_HTTP_PORT"
                            + " if that is set.")
    private @Nullable String url;

    @Option(names = "--json", description = "Print the sidecar's own answer instead of a table.")
    private boolean json;

    @Option(
            names = "--width",
            paramLabel = "COLUMNS",
            description = "Fit everything into this width, from 40 to 1000; that of COLUMNS if not given, else 120.")
    private @Nullable Integer width;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    RunningSidecar sidecar() {
        String address = url == null ? "http://localhost:" + port() : url;
        if (!address.matches(ADDRESS)) {
            throw wrong("--url: '" + address + "' is not allowed: it must be http://host:port or https://host:port");
        }
        try {
            return new RunningSidecar(URI.create(address));
        } catch (IllegalArgumentException e) {
            throw wrong("--url: '" + address + "' is not allowed: it must be http://host:port or https://host:port");
        }
    }

    private static String port() {
        String set = System.getenv("QUARKUS_HTTP_PORT");
        return set == null || set.isEmpty() ? "9600" : set;
    }

    boolean json() {
        return json;
    }

    /** A screen as wide as was asked for, in colour only where a person looks at it and has not asked for none. */
    Screen screen() {
        return new Screen(columns(), coloured());
    }

    private int columns() {
        if (width == null) {
            return fromEnvironment().orElse(Screen.USUAL);
        }
        if (width < Screen.LEAST || width > Screen.MOST) {
            throw wrong("--width: " + width + " is not allowed: it must be from " + Screen.LEAST + " to " + Screen.MOST
                    + " columns");
        }
        return width;
    }

    private static Optional<Integer> fromEnvironment() {
        String columns = System.getenv("COLUMNS");
        return Optional.ofNullable(columns)
                .filter(text -> text.matches("[1-9]\\d{1,3}"))
                .map(Integer::valueOf)
                .filter(number -> number >= Screen.LEAST && number <= Screen.MOST);
    }

    // From JDK 22 on there is always a console, which then tells whether it is a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean coloured() {
        String without = System.getenv("NO_COLOR");
        return System.console() != null && (without == null || without.isEmpty());
    }

    void print(String text) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        out.print(text);
        out.flush();
    }

    void complain(String text) {
        PrintWriter errors = requireNonNull(spec).commandLine().getErr();
        errors.println(text);
        errors.flush();
    }

    CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }
}

package io.statehub.sidecar.cli;

import static java.util.Objects.requireNonNull;

import io.quarkus.arc.Arc;
import io.statehub.sidecar.config.HostName;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify access}. */
@Command(
        name = "access",
        mixinStandardHelpOptions = true,
        description = {
            "Tries the way to everything that the settings name, and says which step fails and why:"
                    + " name resolution, TCP, TLS, the API's two pages, the write endpoint and the read endpoint of the"
                    + " database, and the API under API_BASE, as an MCP client has it.",
            "Exit code 0 if everything that was tried works, 1 if not."
        })
final class AccessCommand implements Callable<Integer> {

    private static final int MAX_SECONDS = 60;
    private static final String MACHINE = "[A-Za-z0-9._-]{1,100}";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Time for each step, from 1 to 60; ${DEFAULT-VALUE} if not given.")
    private int seconds;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Mixin
    private FilingOptions filing = new FilingOptions();

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            description = "The name of this machine in the evidence; that of the host if not given.")
    private @Nullable String machine;

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description = "Also ask the Prometheus there whether it scrapes sidecars and has our rules, such as"
                    + " http://localhost:9090 of a port-forward.")
    private @Nullable String prometheus;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return Arc.container()
                .instance(AccessVerification.class)
                .get()
                .run(timeout(), base(), prometheus(), json, filing, machine());
    }

    private String machine() {
        String name = machine == null ? HostName.get() : machine;
        if (!name.matches(MACHINE)) {
            throw wrong(
                    "--machine: '" + name + "' is not allowed: it must be 1 to 100 letters, digits and any of . _ -");
        }
        return name;
    }

    private Duration timeout() {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw wrong("--timeout: " + seconds + " is not allowed: it must be from 1 to " + MAX_SECONDS + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    private Optional<URI> base() {
        String text = System.getenv("API_BASE");
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(address("API_BASE", text));
    }

    private Optional<URI> prometheus() {
        return Optional.ofNullable(prometheus).map(text -> address("--prometheus", text));
    }

    private URI address(String name, String text) {
        if (!text.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw wrong(name + ": '" + text + "' is not allowed: it must be http://host:port or https://host:port,"
                    + " with a path or without");
        }
        return URI.create(text);
    }

    private CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }
}

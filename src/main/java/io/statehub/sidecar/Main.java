package io.statehub.sidecar;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.util.ExceptionUtil;
import io.statehub.sidecar.cli.CommandApplication;
import io.statehub.sidecar.cli.Commands;
import io.statehub.sidecar.config.HostName;
import io.statehub.sidecar.config.NameCache;
import io.statehub.sidecar.config.StartProblems;
import io.statehub.sidecar.exposure.http.ConnectionLimits;
import io.statehub.sidecar.observation.ShortText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts the sidecar, or does one command. Exit code 143, which is 128 + SIGTERM, after a graceful stop by that signal;
 * 1 if it can't start or a command fails; 2 if there is no such command, or a drill can't be run.
 */
@QuarkusMain
public final class Main {

    /** Where the log manager looks for the machine's name before it asks a resolver, which may hang. */
    private static final String NAME_FOR_THE_LOG = "jboss.qualified.host.name";

    private Main() {}

    public static void main(String... args) {
        // First of all: it wants to know with the first line that anybody logs, which the logging library itself does.
        System.setProperty(NAME_FOR_THE_LOG, HostName.get());
        FatalExit.install();
        NameCache.off();
        if (args.length == 0) {
            // Netty looks for what we add to its servers only if it is told to, and before the first one is made.
            System.setProperty(ConnectionLimits.SWITCH, ConnectionLimits.ON);
            Quarkus.run(null, Main::ended, args);
            return;
        }
        Commands.answered(args).ifPresentOrElse(System::exit, () -> runQuietly(args));
    }

    /**
     * A command says what it has to say and no more: it listens on no port, and what is logged is apart from its
     * output.
     */
    private static void runQuietly(String... args) {
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.log.level", "WARN");
        System.setProperty("quarkus.log.console.stderr", "true");
        Quarkus.run(
                CommandApplication.class,
                (exitCode, failure) -> ended(failure == null ? exitCode : Commands.notRun(args), failure),
                args);
    }

    private static void ended(int exitCode, @Nullable Throwable failure) {
        if (failure != null) {
            explain(failure);
        }
        System.exit(exitCode);
    }

    private static void explain(Throwable failure) {
        List<String> names = new ArrayList<>(System.getenv().keySet());
        names.addAll(System.getProperties().stringPropertyNames());
        Optional<List<String>> problems = StartProblems.of(failure, names);
        if (problems.isPresent()) {
            problems.get().forEach(System.err::println);
        } else if (ExceptionUtil.getRootCause(failure) instanceof QuarkusBindException bind) {
            System.err.println("quarkus.http.port: " + bind.getHost() + ":" + bind.getPort()
                    + " can't be listened on: it must be a free port of this machine");
        } else if (ExceptionUtil.getRootCause(failure) instanceof IllegalArgumentException wrong) {
            // A value of a setting of Quarkus's own, such as a port beyond 65535.
            System.err.println(
                    "a setting has a value that is not allowed: " + ShortText.of(String.valueOf(wrong.getMessage())));
        } else {
            Logger.getLogger(Main.class).error("the sidecar can't start", failure);
        }
    }
}

package io.statehub.sidecar;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.util.ExceptionUtil;
import io.statehub.sidecar.config.StartProblems;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts the sidecar, or does one command. Exit code 143, which is 128 + SIGTERM, after a graceful stop by that signal; 1
 * if it can't start or a command fails; 2 if there is no such command.
 */
@QuarkusMain
public final class Main {

    private static final Logger LOG = Logger.getLogger(Main.class);

    private static final int WRONG_USAGE = 2;

    private static final String USAGE = """
            usage: state-hub-sidecar                    watches, as its settings say
                   state-hub-sidecar migrate            makes the schema for heartbeats, as the role of its settings
                   state-hub-sidecar migrate --print    prints the SQL for that
                   state-hub-sidecar --help             prints this
            """;

    private Main() {}

    public static void main(String... args) {
        switch (String.join(" ", args)) {
            case "" -> Quarkus.run(null, Main::ended, args);
            case MigrateCommand.NAME, MigrateCommand.NAME + " " + MigrateCommand.PRINT -> runQuietly(args);
            case "--help", "-h", "help" -> System.out.print(USAGE);
            default -> {
                System.err.println("unknown arguments: " + String.join(" ", args));
                System.err.print(USAGE);
                System.exit(WRONG_USAGE);
            }
        }
    }

    /** A command says what it has to say and no more: it listens on no port and logs no start. */
    private static void runQuietly(String... args) {
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.log.level", "WARN");
        Quarkus.run(MigrateCommand.class, Main::ended, args);
    }

    private static void ended(int exitCode, @Nullable Throwable failure) {
        if (failure != null) {
            explain(failure);
        }
        System.exit(exitCode);
    }

    private static void explain(Throwable failure) {
        Optional<List<String>> problems =
                StartProblems.of(failure, System.getenv().keySet());
        if (problems.isPresent()) {
            problems.get().forEach(System.err::println);
        } else if (ExceptionUtil.getRootCause(failure) instanceof QuarkusBindException bind) {
            System.err.println("quarkus.http.port: " + bind.getHost() + ":" + bind.getPort()
                    + " can't be listened on: it must be a free port of this machine");
        } else {
            LOG.error("the sidecar can't start", failure);
        }
    }
}

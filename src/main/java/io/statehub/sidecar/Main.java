package io.statehub.sidecar;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.statehub.sidecar.config.StartProblems;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts the sidecar. Exit code 0 after SIGTERM, 1 if it can't start. */
@QuarkusMain
public final class Main {

    private static final Logger LOG = Logger.getLogger(Main.class);

    private Main() {}

    public static void main(String... args) {
        Quarkus.run(null, Main::ended, args);
    }

    private static void ended(int exitCode, @Nullable Throwable failure) {
        if (failure != null) {
            Optional<List<String>> problems = StartProblems.of(failure);
            if (problems.isPresent()) {
                problems.get().forEach(System.err::println);
            } else {
                LOG.error("the sidecar can't start", failure);
            }
        }
        System.exit(exitCode);
    }
}

package io.statehub.sidecar.testing;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine that it runs on. Where the environment variable {@code CI} is set, what is missing
 * fails the test: a check that left something out must not pass. Elsewhere the test is skipped, with the reason.
 */
public final class Machine {

    private Machine() {}

    /**
     * Demands something of the machine.
     *
     * @param missing what is not there, as a person would like to read it
     * @throws AssertionError where {@code CI} is set and the machine does not have it
     * @throws org.opentest4j.TestAbortedException elsewhere, which skips the test
     */
    public static void require(boolean there, String missing) {
        require(there ? Optional.empty() : Optional.of(missing));
    }

    /** The same; empty if nothing is missing. */
    public static void require(Optional<String> missing) {
        require(missing, System.getenv());
    }

    static void require(Optional<String> missing, Map<String, String> environment) {
        missing.ifPresent(what -> {
            if (!environment.getOrDefault("CI", "").isEmpty()) {
                throw new AssertionError(
                        what + "; where CI is set nothing is skipped, and .ci/run installs what is needed");
            }
            Assumptions.abort(what);
        });
    }
}

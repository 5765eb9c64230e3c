package io.statehub.sidecar.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class MachineTest {

    private static final Map<String, String> IN_CI = Map.of("CI", "true");

    private static void require(String name, Map<String, String> environment) {
        Machine.require(Program.missing(name, System.getenv("PATH")), environment);
    }

    @Test
    void missingProgramFailsTheTestInCi() {
        assertThatThrownBy(() -> require("no-such-program", IN_CI))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("no-such-program is not on the PATH");
    }

    @Test
    void missingProgramSkipsTheTestElsewhereWithTheReason() {
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("CI", ""))) {
            assertThatThrownBy(() -> require("no-such-program", environment))
                    .isInstanceOf(TestAbortedException.class)
                    .hasMessageContaining("no-such-program is not on the PATH");
        }
    }

    @Test
    void programThatIsThereIsNeitherSkippedNorFailed() {
        assertThatCode(() -> require("sh", IN_CI)).doesNotThrowAnyException();
        assertThatCode(() -> Machine.require(Optional.empty(), Map.of())).doesNotThrowAnyException();
    }
}

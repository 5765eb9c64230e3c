package io.statehub.sidecar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered with nothing started. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class CommandsTest {

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setErr(new PrintStream(complained, true, UTF_8));
    }

    @AfterEach
    void leave() {
        System.setOut(out);
        System.setErr(err);
    }

    private static Optional<Integer> answered(String typed) {
        return Commands.answered(typed.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "migrate --help",
                "verify --help",
                "verify access --help",
                "report readiness -h",
                "evidence add --help",
                "drill failover --help",
                "drill api --help",
                "gate approve -h"
            })
    void helpIsPrintedForEveryCommand(String typed) {
        assertThat(answered(typed)).contains(0);
        assertThat(printed.toString(UTF_8)).startsWith("Usage: state-hub-sidecar");
        assertThat(complained.toString(UTF_8)).isEmpty();
    }

    @Test
    void theHelpNamesEveryCommandAndExitCode() {
        answered("--help");

        assertThat(printed.toString(UTF_8)).contains("migrate", "verify", "report", "wrong usage");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(answered("--version")).contains(0);
        assertThat(printed.toString(UTF_8)).matches("state-hub-sidecar \\d+\\.\\d+\\.\\d+\\S*\\RJVM, Java \\S+, .+\\R");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "migrat                            | unknown: migrat; allowed: status, failovers, migrate, verify,"
                        + " report, drill, evidence, gate, completion, help",
                "migrat --help                     | unknown: migrat; allowed: status, failovers, migrate, verify,"
                        + " report, drill, evidence, gate, completion, help",
                "verify                            | a command is missing: one of access",
                "report                            | a command is missing: one of readiness",
                "verify everything                 | unknown: everything; allowed: access",
                "verify access --tmeout 3          | unknown: --tmeout 3; allowed: --evidence,"
                        + " --help, --json, --machine, --prometheus, --timeout, --version",
                "verify access --timeout soon      | --timeout: 'soon' is not allowed: it must be a" + " whole number",
                "status --json=maybe               | --json: 'maybe' is not allowed: it must be true or false, or left"
                        + " out",
                "completion tcsh                   | SHELL: 'tcsh' is not allowed: it must be one of bash, zsh, fish",
                "evidence show                     | missing: ID",
                "report readiness --format pdf     | --format: 'pdf' is not allowed: it must be one of"
                        + " markdown, json",
                "drill                             | a command is missing: one of failover, api, restore",
                "gate                              | a command is missing: one of retirement, approve",
                "gate approve --by me              | missing: --reason=TEXT",
                "report readiness --output         | missing: --output=FILE"
            })
    void whatIsMisspeltGetsOneMessageWithWhatIsAllowed(String typed, String message) {
        assertThat(answered(typed)).contains(2);
        assertThat(complained.toString(UTF_8).lines().toList()).first().isEqualTo(message);
        assertThat(complained.toString(UTF_8).lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("help: state-hub-sidecar");
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bash, complete -F",
        "zsh, bashcompinit",
        "fish, complete -c state-hub-sidecar -n __fish_use_subcommand -a failovers"
    })
    void aShellIsToldWhatCanBeTyped(String shell, String line) {
        assertThat(answered("completion " + shell)).contains(0);
        assertThat(printed.toString(UTF_8)).contains(line, "failovers", "width");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show ID", "verify", "export all.zip"})
    void whereNothingIsFiledNothingIsAsItWasFiled(String command, @TempDir Path directory) {
        Path mistyped = directory.resolve("evidenec");

        assertThat(answered("evidence " + command + " --evidence " + mistyped)).contains(1);
        assertThat(answered("evidence " + command + " --evidence " + directory)).contains(1);

        assertThat(printed.toString(UTF_8)).isEmpty();
        assertThat(complained.toString(UTF_8).lines())
                .containsExactly("there is no folder of evidence at " + mistyped, "nothing is filed in " + directory);
    }

    @Test
    void evidenceIsReadWithNothingStarted(@TempDir Path directory) {
        Path store = directory.resolve("store");

        assertThat(answered("evidence add --digest-only --evidence " + store + " pom.xml"))
                .contains(0);
        assertThat(answered("evidence list --evidence " + store)).contains(0);
        assertThat(answered("evidence verify --evidence " + store)).contains(0);
        assertThat(printed.toString(UTF_8))
                .contains("undecided", "-added-file-", "pom.xml, ", "all as it was filed; items: 1");
        assertThat(answered("evidence show --evidence " + store + " none")).contains(1);
        assertThat(complained.toString(UTF_8)).isEqualToIgnoringNewLines("there is no item 'none' in " + store);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "migrate",
                "migrate --print",
                "verify access",
                "verify access --json --timeout 2",
                "report readiness",
                "report readiness --format json --output report.json",
                "report readiness --evidence evidence",
                "drill failover --yes --trigger command:true",
                "verify access --evidence evidence --machine laptop"
            })
    void aCommandIsLeftToBeDoneAfterTheStart(String typed) {
        assertThat(answered(typed)).isEmpty();
        assertThat(printed.toString(UTF_8)).isEmpty();
    }
}

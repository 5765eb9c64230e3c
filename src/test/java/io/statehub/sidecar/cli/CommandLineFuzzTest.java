package io.statehub.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Whatever is typed is understood, or refused by the one exception that gets a message. */
class CommandLineFuzzTest {

    private static final int MOST_WORDS = 6;

    private static final List<String> WORDS = List.of(
            "status",
            "failovers",
            "migrate",
            "verify",
            "access",
            "report",
            "readiness",
            "help",
            "--help",
            "-h",
            "--version",
            "--url",
            "http://localhost:9600",
            "--format",
            "json",
            "--output",
            "report.md",
            "--timeout",
            "3",
            "--timeout=-9999999999",
            "--watch",
            "--",
            "-",
            "@",
            "");

    @Test
    void everyCommandLineIsUnderstoodOrRefused() {
        Fuzz.each("command lines", 500, input -> {
            String[] typed = new String[input.random().nextInt(MOST_WORDS)];
            for (int i = 0; i < typed.length; i++) {
                typed[i] = input.random().nextBoolean() ? input.oneOf(WORDS) : input.changed(input.oneOf(WORDS));
            }
            try {
                new CommandLine(new Sidecar()).parseArgs(typed);
                return true;
            } catch (ParameterException refused) {
                assertThat(refused.getMessage()).isNotBlank();
                return false;
            }
        });
    }
}

package io.statehub.sidecar.testing.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabScreenTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private LabScreen screen(boolean terminal) {
        return new LabScreen(new PrintStream(shown, true, UTF_8), terminal);
    }

    private String shown() {
        return shown.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void whatIsSaidWhileThePromptWaitsGoesAboveIt() {
        LabScreen screen = screen(true);

        screen.say("ready");
        screen.prompt();
        screen.say("pg-1 is down");

        assertThat(shown()).isEqualTo("ready\nlab> \r\u001b[Kpg-1 is down\nlab> ");
    }

    @Test
    void theAnswerToACommandFollowsItWithNoPromptBetween() {
        LabScreen screen = screen(true);

        screen.prompt();
        screen.entered();
        screen.say("pg-1 killed");

        assertThat(shown()).isEqualTo("lab> pg-1 killed\n");
    }

    @Test
    void noControlCharacterGoesToWhatIsNoTerminal() {
        LabScreen screen = screen(false);

        screen.prompt();
        screen.say("pg-1 is down");

        assertThat(shown()).isEqualTo("lab> pg-1 is down\n");
    }

    @Test
    void ofASidecarThatDoesNotStartItsOwnLastLinesAreShown() {
        List<String> output =
                IntStream.rangeClosed(1, 21).mapToObj(i -> "line " + i).toList();

        assertThat(LabMain.notStarted(false, output).lines())
                .hasSize(21)
                .startsWith("the sidecar ended while it started; its last lines:", "  sidecar| line 2")
                .endsWith("  sidecar| line 21");
        assertThat(LabMain.notStarted(true, List.of()))
                .isEqualTo("the sidecar wasn't ready after 30 s and wrote nothing");
    }
}

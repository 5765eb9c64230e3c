package io.statehub.sidecar.cli.running;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.cli.Commands;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code status} and {@code failovers} print of a sidecar that runs, against golden files;
 * {@code -Dgolden.write=true} writes them.
 */
@QuarkusTest
@TestProfile(StagedProfile.class)
class TerminalQuarkusTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "io", "statehub", "sidecar", "cli");

    /** In which the headline is that of the start. */
    private static final Set<Scene> NOT_EVERYTHING_OBSERVED =
            Set.of(Scene.NOTHING_OBSERVED, Scene.MEMBERS_ALONE, Scene.API_NEVER_SEEN_TO_WORK);

    @Inject
    Stage stage;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URL address;

    private record Printed(Optional<Integer> exitCode, String out, String err) {}

    private Printed run(String... typed) {
        List<String> arguments = new ArrayList<>(List.of(typed));
        arguments.add("--url");
        arguments.add(address.toString());
        return runAsTyped(arguments.toArray(String[]::new));
    }

    private static Printed runAsTyped(String... typed) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setErr(new PrintStream(complained, true, UTF_8));
        try {
            Optional<Integer> exitCode = Commands.answered(typed);
            return new Printed(exitCode, printed.toString(UTF_8), complained.toString(UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEARTBEATS, 0, 80",
        "HEARTBEATS, 0, 120",
        "FAILOVER_RUNNING, 3, 80",
        "FAILOVER_RUNNING, 3, 120",
        "SPLIT_BRAIN, 3, 120"
    })
    void statusIsLaidOutForItsWidth(Scene scene, int exitCode, int width) throws IOException {
        scene.play(stage);

        Printed printed = run("status", "--width", Integer.toString(width));

        assertThat(printed.exitCode()).contains(exitCode);
        assertThat(printed.out().lines()).allMatch(line -> line.length() <= width);
        assertGolden("status-" + scene.name().toLowerCase(Locale.ROOT) + "-" + width + ".txt", anyTime(printed.out()));
    }

    @ParameterizedTest
    @CsvSource({"80", "120"})
    void failoversAreLaidOutForTheirWidth(int width) throws IOException {
        Scene.FAILOVER_DONE_WITH_LOSS.play(stage);

        Printed printed = run("failovers", "--width", Integer.toString(width));

        assertThat(printed.exitCode()).contains(0);
        assertGolden("failovers-" + width + ".txt", anyTime(printed.out()));
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void pageTerminalStatusAndLogSayOneSentence(Scene scene) throws UnreadableSidecarException {
        String logged = lastHeadlineLogged(() -> scene.play(stage));

        RunningSidecar sidecar = new RunningSidecar(URI.create(address.toString()));
        JsonObject status = sidecar.json("/status");
        String headline = status.getJsonObject("headline").getString("text");

        assertThat(given().accept("text/html").get("/").asString()).contains(">" + headline + ".</p>");
        assertThat(run("status", "--width", "1000").out().lines().findFirst().orElseThrow())
                .isEqualTo(status.getString("verdict") + "  " + headline + ".");
        // A line a change: it has the time that had passed by then. Nothing is logged of a loop that stands still.
        if (NOT_EVERYTHING_OBSERVED.contains(scene)) {
            assertThat(logged).isEmpty();
        } else if (scene != Scene.STALE) {
            assertThat(anyClock(logged))
                    .isEqualTo(anyClock(status.getJsonObject("headline").getString("status") + ": " + headline));
        }
    }

    private static String anyClock(String text) {
        return text.replaceAll("\\d+:\\d\\d", "m:ss");
    }

    private static String lastHeadlineLogged(Runnable played) {
        List<String> lines = new ArrayList<>();
        Logger log = Logger.getLogger("io.statehub.sidecar");
        Handler kept = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                String line = logged.getMessage();
                if (line.matches("(UP|DEGRADED|UNKNOWN|DOWN): .*")) {
                    lines.add(line);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(kept);
        try {
            played.run();
        } finally {
            log.removeHandler(kept);
        }
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    @Test
    void oneFailoverIsShownWithItsMilestones() throws UnreadableSidecarException {
        Scene.FAILOVER_DONE_WITH_LOSS.play(stage);
        String id = new RunningSidecar(URI.create(address.toString()))
                .json("/failovers")
                .getJsonArray("failovers")
                .getJsonObject(0)
                .getString("id");

        Printed printed = run("failovers", id);

        assertThat(printed.exitCode()).contains(0);
        assertThat(printed.out()).contains("pg-1 to pg-2", "promoted", "lost rows", "writes out");
    }

    @Test
    void jsonIsTheAnswerItself() {
        Scene.HEARTBEATS.play(stage);

        assertThat(run("status", "--json").out()).startsWith("{\"snapshot\":");
        assertThat(run("failovers", "--json").out()).startsWith("{\"at\":");
    }

    @Test
    void anIdThatIsNotKnownIsSaidSo() {
        Scene.HEARTBEATS.play(stage);

        Printed printed = run("failovers", "none-such");

        assertThat(printed.exitCode()).contains(3);
        assertThat(printed.err()).contains("/failovers/none-such is not known there (HTTP 404)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status --url ftp://here   | 2 | --url: 'ftp://here' is not allowed: it must be http://host:port",
                "status --width 7          | 2 | --width: 7 is not allowed: it must be from 40 to 1000 columns",
                "status --watch 0          | 2 | --watch: 0 is not allowed: it must be from 1 to 3600 seconds",
                "failovers ../status       | 2 | ID: '../status' is not allowed",
                "status --url http://127.0.0.1:1 | 3 | no sidecar answers at http://127.0.0.1:1: connection refused"
            })
    void whatCannotBeDoneIsOneMessage(String typed, int exitCode, String message) {
        Printed printed = runAsTyped(typed.split(" ", -1));

        assertThat(printed.exitCode()).contains(exitCode);
        assertThat(printed.err()).startsWith(message);
        assertThat(printed.out()).isEmpty();
    }

    /** Scenes follow each other in any order, so when one was played is of no interest. */
    private static String anyTime(String text) {
        return text.replaceAll("\\d{8}T\\d{6}\\.\\d{3}Z", "YYYYMMDDThhmmss.mmmZ")
                .replaceAll("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}", "YYYY-MM-DDThh:mm:ss");
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertThat(golden).exists().content().isEqualTo(text);
    }
}

package io.statehub.sidecar.drill.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.drill.GoldenReports;
import io.statehub.sidecar.drill.report.Chart.Mark;
import io.statehub.sidecar.drill.report.Chart.Panel;
import io.statehub.sidecar.drill.report.Chart.Series;
import io.statehub.sidecar.drill.report.Chart.Span;
import io.statehub.sidecar.drill.report.Chart.Unit;
import io.statehub.sidecar.testing.browser.Browser;
import io.statehub.sidecar.testing.browser.Browser.Scheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures of reports in a real browser, in light and dark; as PNG they are in {@code target/reports}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPicturesTest {

    private static final Path PICTURES = Path.of("target", "reports");

    private Browser browser;

    @TempDir
    private Path directory;

    @BeforeAll
    void start() {
        Browser.require();
        browser = Browser.start(true);
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    private void assertReadable(Path picture) {
        browser.open(picture.toAbsolutePath().toUri().toString());
        for (Scheme scheme : Scheme.values()) {
            browser.show(scheme, 960, 800);
            String name = picture.getFileName().toString().replace(".svg", "-" + scheme.label() + ".png");
            browser.photograph(PICTURES.resolve(name));
            assertThat(browser.unreadableTexts()).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover-passed", "failover-failed", "api-passed", "api-failed"})
    void thePictureOfEachKindOfReportIsReadable(String name) throws IOException {
        Path picture = GoldenReports.FOLDER.resolve(name + ".svg");

        assertReadable(picture);

        assertThat(Files.readString(picture))
                .contains("answers a second", "slowest answer", "■ worked", "■ did not", "trigger: ", ">0 s<", ">1 s<")
                .contains(name.startsWith("failover") ? ">promotion: " : ">until all was whole: ");
    }

    @Test
    void oneWithMuchToSayIsReadable() throws IOException {
        Duration length = Duration.ofMinutes(10);
        Series worked = rising("worked", false, length, 1000);
        Series failed = rising("did not", true, length, 900);
        List<Mark> marks = IntStream.rangeClosed(0, 12)
                .mapToObj(i -> new Mark(
                        length.multipliedBy(i).dividedBy(12),
                        "trigger: command: " + "kubectl -n state-hub delete pod ".repeat(6)))
                .toList();
        List<Span> phases = IntStream.rangeClosed(0, 4)
                .mapToObj(i -> new Span(length.multipliedBy(i).dividedBy(4), length, "redundancy: 123.45 to 234.56 s"))
                .toList();
        Path picture = directory.resolve("much.svg");
        Files.writeString(
                picture,
                SvgChart.of(new Chart(
                        "Failover drill of the cluster behind " + "db.example.org:5432,".repeat(9) + ": writes",
                        length,
                        phases,
                        marks,
                        List.of(
                                new Panel("answers a second", Unit.COUNT, List.of(worked, failed)),
                                new Panel(
                                        "slowest answer",
                                        Unit.MILLISECONDS,
                                        List.of(rising("latency", false, length, 60_000))),
                                new Panel(
                                        "log left to replay on the slowest standby",
                                        Unit.BYTES,
                                        List.of(rising("lag", false, length, 1e12)))))));

        assertReadable(picture);
    }

    private static Series rising(String name, boolean fault, Duration length, double to) {
        int steps = 120;
        return new Series(
                name,
                fault,
                length.dividedBy(steps),
                IntStream.rangeClosed(1, steps)
                        .mapToObj(i -> OptionalDouble.of(to * i / steps))
                        .toList());
    }
}

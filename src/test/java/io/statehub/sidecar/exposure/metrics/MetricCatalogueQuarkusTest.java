package io.statehub.sidecar.exposure.metrics;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.Stage;
import io.statehub.sidecar.testing.Program;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds what is exported against the catalogue, both ways. */
@QuarkusTest
@TestProfile(StagedProfile.class)
class MetricCatalogueQuarkusTest {

    /** The few series of the process itself, with their labels. */
    private static final Map<String, Set<String>> OF_THE_PROCESS = Map.of(
            "jvm_memory_used_bytes", Set.of("area", "id"),
            "jvm_threads_live_threads", Set.of(),
            "process_cpu_usage", Set.of(),
            "process_files_open_files", Set.of(),
            "process_files_max_files", Set.of(),
            "process_start_time_seconds", Set.of(),
            "process_uptime_seconds", Set.of());

    /** What Prometheus keeps for each pod of three members; the fullest scene of them, with Kubernetes, has 438. */
    private static final int MOST_SERIES = 480;

    /** Three members, the write endpoint, and the API's two paths. */
    private static final int TARGETS = 6;

    /** And for each member more. */
    private static final int MOST_OF_A_MEMBER = 60;

    private static final Map<String, Metric> CATALOGUE =
            Arrays.stream(Metric.values()).collect(toMap(Metric::metricName, identity()));

    private static final Map<Scene, Scrape> SCRAPED = new EnumMap<>(Scene.class);

    @Inject
    Stage stage;

    private String scraped(Scene scene) {
        scene.play(stage);
        return given().accept("text/plain").get("/metrics").asString();
    }

    /** As it was sent, and read. */
    private record Scrape(String text, Exposition read) {}

    /** What a scene exports; it is played once for all that is looked at in it. */
    private Scrape scrape(Scene scene) {
        return SCRAPED.computeIfAbsent(scene, played -> {
            String text = scraped(played);
            return new Scrape(text, Exposition.parse(text));
        });
    }

    private Exposition exported(Scene scene) {
        return scrape(scene).read();
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void everySampleIsOfTheCatalogueOrTheProcessWithExactlyItsLabels(Scene scene) {
        assertThat(exported(scene).samples())
                .allSatisfy(sample ->
                        assertThat(sample.labels().keySet()).as(sample.name()).isEqualTo(labelsOf(sample.name())));
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void aScrapeHasNoMoreSeriesThanItsBudget(Scene scene) {
        List<Exposition.Sample> samples = exported(scene).samples();

        assertThat(samples)
                .hasSizeBetween(10, MOST_SERIES + Math.max(0, targets(samples) - TARGETS) * MOST_OF_A_MEMBER);
    }

    @Test
    void aMemberThatLeftTakesItsSeriesAlong() {
        assertThat(scraped(Scene.MANY_MEMBERS)).contains("target=\"pg-50\"");

        assertThat(scraped(Scene.STEADY)).contains("target=\"pg-3\"").doesNotContain("target=\"pg-50\"");
    }

    private static int targets(List<Exposition.Sample> samples) {
        return (int) samples.stream()
                .map(sample -> sample.labels().get("target"))
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    private static Set<String> labelsOf(String sample) {
        Metric metric = CATALOGUE.get(familyOf(sample));
        if (metric == null) {
            return OF_THE_PROCESS.getOrDefault(sample, Set.of("(in no catalogue)"));
        }
        Set<String> labels = new TreeSet<>(metric.labels());
        if (sample.endsWith("_bucket")) {
            labels.add("le");
        }
        return labels;
    }

    private static String familyOf(String sample) {
        return Stream.of("_bucket", "_sum", "_count")
                .filter(sample::endsWith)
                .map(suffix -> sample.substring(0, sample.length() - suffix.length()))
                .filter(MetricCatalogueQuarkusTest::isHistogram)
                .findFirst()
                .orElse(sample);
    }

    private static boolean isHistogram(String name) {
        Metric metric = CATALOGUE.get(name);
        return metric != null && metric.type() == Metric.Type.HISTOGRAM;
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void everyFamilyHasTheTypeAndHelpOfTheCatalogue(Scene scene) {
        Exposition metrics = exported(scene);

        metrics.types().forEach((name, type) -> {
            Metric metric = CATALOGUE.get(name);
            if (metric != null) {
                assertThat(type).as(name).isEqualTo(metric.type().name().toLowerCase(Locale.ROOT));
                assertThat(metrics.helps()).containsEntry(name, metric.help());
            }
        });
    }

    @Test
    void everyMetricOfTheCatalogueIsExportedInSomeScene() {
        Set<String> exported = new TreeSet<>();
        for (Scene scene : Scene.values()) {
            exported(scene).samples().forEach(sample -> exported.add(familyOf(sample.name())));
        }

        assertThat(exported).containsAll(CATALOGUE.keySet());
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void noSeriesIsThereTwice(Scene scene) {
        assertThat(exported(scene).samples().stream().map(sample -> sample.name() + sample.labels()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aNameHasThePrefixAndTheSuffixOfItsUnitAndType(Metric metric) {
        String name = metric.metricName();

        assertThat(name).matches("statehub_[a-z]+(_[a-z]+)*");
        assertThat(name).endsWith(metric.unit().suffix() + (metric.type() == Metric.Type.COUNTER ? "_total" : ""));
        assertThat(name.endsWith("_total")).as("_total").isEqualTo(metric.type() == Metric.Type.COUNTER);
        assertThat(name.matches(".*_(seconds|bytes)(_total)?"))
                .as("with a unit")
                .isEqualTo(!metric.unit().suffix().isEmpty());
        assertThat(metric.help()).matches("[A-Z0-9].*\\.");
    }

    @Test
    void whatHasAnUpperBoundHasALowerOneOfTheSameNameUnitAndLabels() {
        assertThat(Arrays.stream(Metric.values())
                        .filter(metric -> metric.metricName().contains("_upper")))
                .hasSizeGreaterThan(5)
                .allSatisfy(metric -> {
                    Metric lower = metric.lower().orElseThrow();
                    assertThat(lower.metricName())
                            .isEqualTo(metric.metricName().replace("_upper", "_lower"))
                            .isNotEqualTo(metric.metricName());
                    assertThat(lower.lower()).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void noUpperBoundIsExportedWithoutALowerOneOrBelowIt(Scene scene) {
        Exposition metrics = exported(scene);

        assertThat(metrics.samples()).allSatisfy(upper -> {
            Metric metric = CATALOGUE.get(upper.name());
            if (metric != null && metric.lower().isPresent()) {
                assertThat(metrics.of(metric.lower().get()))
                        .as(upper.name())
                        .filteredOn(lower -> lower.labels().equals(upper.labels()))
                        .singleElement()
                        .satisfies(lower -> assertThat(lower.value()).isLessThanOrEqualTo(upper.value()));
            }
        });
    }

    @Test
    void promtoolFindsNothing(@TempDir Path directory) {
        Program.require("promtool");
        Map<Scene, String> texts = new EnumMap<>(Scene.class);
        for (Scene scene : Scene.values()) {
            texts.put(scene, ours(scrape(scene).text()));
        }

        // Each by itself, so that they are spread over the cores.
        texts.entrySet().parallelStream().forEach(entry -> {
            Program.Ended ended = checked(directory.resolve(entry.getKey().name()), entry.getValue());

            assertThat(ended.output()).as("%s", entry.getKey()).isEmpty();
            assertThat(ended.code()).as("%s", entry.getKey()).isZero();
        });
    }

    private static Program.Ended checked(Path file, String metrics) {
        try {
            Files.writeString(file, metrics, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Program.run(List.of("sh", "-c", "exec promtool check metrics < \"$0\"", file.toString()));
    }

    /** Names of the process's metrics are Micrometer's, and not all to promtool's taste. */
    private static String ours(String scraped) {
        return scraped.lines()
                .filter(line -> line.matches("(# (TYPE|HELP) )?statehub_.*"))
                .reduce("", (text, line) -> text + line + "\n");
    }
}

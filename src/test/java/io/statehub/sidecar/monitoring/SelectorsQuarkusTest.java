package io.statehub.sidecar.monitoring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.exposure.metrics.Exposition;
import io.statehub.sidecar.exposure.metrics.Metric;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the rules and the dashboards select is exported in some scene, with those values of its labels: an alert on a
 * series that nobody emits can never fire, and nobody would notice.
 */
@QuarkusTest
@TestProfile(StagedProfile.class)
class SelectorsQuarkusTest {

    /** Labels of histograms, of the series of the process, and of alerts. */
    private static final Set<String> OTHERS = Set.of("le", "area", "alertname", "severity");

    @Inject
    Stage stage;

    private static final List<Exposition.Sample> EXPORTED = new ArrayList<>();

    @BeforeEach
    void playAllScenesOnce() {
        if (EXPORTED.isEmpty()) {
            for (Scene scene : Scene.values()) {
                scene.play(stage);
                EXPORTED.addAll(Exposition.parse(
                                given().accept("text/plain").get("/metrics").asString())
                        .samples());
            }
        }
    }

    private List<Selector> selectingNothing(List<String> expressions) {
        List<String> recorded = RuleFile.recorded();
        return expressions.stream()
                .flatMap(expression -> Selector.in(expression).stream())
                .filter(selector -> selector.recorded()
                        ? !recorded.contains(selector.metric())
                        : EXPORTED.stream().noneMatch(sample -> selector.selects(sample.name(), sample.labels())))
                .distinct()
                .toList();
    }

    private static List<String> unknownGroupings(List<String> expressions) {
        Set<String> known = new TreeSet<>(Selector.OF_THE_TARGET);
        known.addAll(OTHERS);
        Arrays.stream(Metric.values()).forEach(metric -> known.addAll(metric.labels()));
        return expressions.stream()
                .flatMap(expression -> Selector.groupings(expression).stream())
                .filter(label -> !known.contains(label))
                .distinct()
                .toList();
    }

    @Test
    void whatTheRulesSelectIsExported() {
        List<String> expressions = RuleFile.expressions();

        assertThat(expressions.stream().flatMap(it -> Selector.in(it).stream())).hasSizeGreaterThan(60);
        assertThat(selectingNothing(expressions)).isEmpty();
        assertThat(unknownGroupings(expressions)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void whatADashboardSelectsIsExported(Dashboard dashboard) {
        List<String> expressions = Stream.concat(
                        dashboard.panels().stream().flatMap(panel -> Dashboard.expressions(panel).stream()),
                        dashboard.annotations().stream())
                .toList();

        assertThat(expressions).isNotEmpty();
        assertThat(selectingNothing(expressions)).isEmpty();
        assertThat(unknownGroupings(expressions)).isEmpty();
    }

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @Test
    void whatTheDocumentOfQueriesAsksIsExported() throws IOException {
        List<String> queries;
        try (Stream<String> lines = Files.lines(Path.of("docs", "queries.md"))) {
            queries = lines.filter(line -> line.matches("\\| .*\\? \\| `.*` \\|"))
                    .map(line -> line.replaceFirst("^.*\\? \\| `(.*)` \\|$", "$1"))
                    .toList();
        }

        assertThat(queries).hasSizeGreaterThanOrEqualTo(12);
        assertThat(selectingNothing(queries)).isEmpty();
        assertThat(unknownGroupings(queries)).isEmpty();
    }

    @Test
    void aNameALabelOrAValueThatIsMisspeltIsFound() {
        Stream.of(
                        "max by (pod) (statehub_api_upp) == 0",
                        "statehub_status{scop=\"api\"} == 1",
                        "statehub_status{state=\"gone\"} == 1",
                        "statehub_findings{kind=~\"no_primray\"} > 0",
                        "cluster:statehub_outage_upper:ratio_rate7m > 0")
                .forEach(expression -> assertThat(selectingNothing(List.of(expression)))
                        .as(expression)
                        .hasSize(1));
        assertThat(unknownGroupings(List.of("max by (membre) (statehub_member_up)")))
                .containsExactly("membre");
    }

    @Test
    void namespaceClusterAndPodAreAddedByTheScrape() {
        assertThat(selectingNothing(List.of("statehub_api_up{namespace=\"$namespace\",cluster=%q,check=\"liveness\"}")))
                .isEmpty();
    }
}

package io.statehub.sidecar.monitoring;

import static io.statehub.sidecar.monitoring.RuleFile.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The dashboards: that nothing on them must be guessed. SelectorsQuarkusTest holds what they ask against the catalogue.
 */
class DashboardsTest {

    private static final String TARGET = "namespace=\"$namespace\",cluster=\"$cluster\"";
    private static final int COLUMNS = 24;
    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @Test
    void thereAreThreeThatTheAlertsLeadTo() {
        assertThat(dashboards().stream().map(it -> it.json().path("uid").asText()))
                .containsExactlyInAnyOrder("statehub-overview", "statehub-failover", "statehub-cluster");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void sourceNamespaceAndClusterAreChosenByVariables(Dashboard dashboard) {
        assertThat(each(dashboard.json().path("templating").path("list"))
                        .map(variable -> variable.path("name").asText()))
                .containsExactly("datasource", "namespace", "cluster");
        assertThat(dashboard.panels())
                .allSatisfy(
                        panel -> assertThat(panel.path("datasource").path("uid").asText())
                                .isEqualTo("${datasource}"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyQueryIsOfTheChosenClusterAlone(Dashboard dashboard) {
        Stream<String> all = Stream.concat(
                dashboard.panels().stream().flatMap(panel -> Dashboard.expressions(panel).stream()),
                dashboard.annotations().stream());

        assertThat(all).isNotEmpty().allSatisfy(expression -> {
            long selectors = Selector.in(expression).stream()
                    .filter(selector -> !selector.metric().equals("statehub:slo_error_budget:ratio"))
                    .count();
            assertThat(expression.split(Pattern.quote(TARGET), -1)).hasSize((int) selectors + 1);
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItShowsAndWhatAbsenceMeans(Dashboard dashboard) {
        assertThat(dashboard.panels()).isNotEmpty().allSatisfy(panel -> {
            String title = panel.path("title").asText();
            JsonNode defaults = panel.path("fieldConfig").path("defaults");
            assertThat(title).isNotBlank();
            assertThat(panel.path("description").asText()).as(title).endsWith(".");
            assertThat(defaults.path("noValue").asText()).as(title).isNotBlank();
            assertThat(each(panel.path("targets")))
                    .as(title)
                    .isNotEmpty()
                    .allSatisfy(target ->
                            assertThat(target.path("legendFormat").asText()).isNotBlank());
            if (List.of("timeseries", "bargauge").contains(panel.path("type").asText())) {
                assertThat(defaults.path("unit").asText()).as(title).isNotBlank();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aLegendNamesALabelThatItsQueryKeeps(Dashboard dashboard) {
        assertThat(dashboard.panels().stream().flatMap(panel -> each(panel.path("targets"))))
                .allSatisfy(target -> assertThat(
                                LABEL.matcher(target.path("legendFormat").asText())
                                        .results()
                                        .map(found -> found.group(1)))
                        .allSatisfy(label -> assertThat(target.path("expr").asText())
                                .containsPattern("by \\([^)]*\\b" + label + "\\b[^)]*\\)|\\b" + label + "=~")));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aStateIsSaidInWordsAndNotByColourAlone(Dashboard dashboard) {
        assertThat(dashboard.panels())
                .filteredOn(panel -> panel.path("type").asText().equals("state-timeline"))
                .allSatisfy(panel -> assertThat(each(panel.path("fieldConfig")
                                .path("defaults")
                                .path("mappings")
                                .path(0)
                                .path("options")))
                        .as(panel.path("title").asText())
                        .isNotEmpty()
                        .allSatisfy(option ->
                                assertThat(option.path("text").asText()).isNotBlank()));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void noPanelCoversAnotherAndNoIdIsThereTwice(Dashboard dashboard) {
        Map<String, String> covered = new HashMap<>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode at = panel.path("gridPos");
            int x = at.path("x").asInt();
            int y = at.path("y").asInt();
            assertThat(x + at.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            for (int column = x; column < x + at.path("w").asInt(); column++) {
                for (int line = y; line < y + at.path("h").asInt(); line++) {
                    assertThat(covered.put(
                                    column + "," + line, panel.path("title").asText()))
                            .as(panel.path("title").asText())
                            .isNull();
                }
            }
        }
        assertThat(each(dashboard.json().path("panels"))
                        .map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates();
    }
}

package io.statehub.sidecar.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statehub.sidecar.monitoring.PanelRow.Moment;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of what panels are to show, which a real Prometheus is held to in a failover. */
class PanelTableTest {

    @Test
    void everyQueryOfEveryDashboardHasARow() {
        assertThat(PanelRow.all().stream().map(PanelRow::query))
                .containsExactlyInAnyOrderElementsOf(
                        Monitored.dashboardQueries().keySet());
    }

    @Test
    void noRowAllowsWhateverIsShown() {
        assertThat(PanelRow.all().stream().flatMap(row -> row.expected().values().stream()))
                .noneMatch(values -> values.others() && values.series().isEmpty());
    }

    /** Two series of one metric, as Prometheus answers. */
    private static List<Map<String, Object>> shown(String pg1, String pg2) {
        return List.of(
                Map.of("metric", Map.of("member", "pg-1", "area", "heap"), "value", List.of(1796000000.1, pg1)),
                Map.of("metric", Map.of("member", "pg-2", "area", "heap"), "value", List.of(1796000000.1, pg2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "heap old 1, heap new 3       | true",
                "heap old 0.5..1, heap new 3..∞ | true",
                "heap old 1, …                | true",
                "heap old 1                   | false",
                "heap old 1, heap new 3, x 1  | false",
                "heap old 1.5..2, heap new 3  | false",
                "heap old 1, heap new 3.5..∞  | false",
                "none                         | false"
            })
    void whatIsShownIsHeldToTheCell(String cell, boolean holds) {
        UnaryOperator<String> roles = name -> name.replace("pg-1", "old").replace("pg-2", "new");
        PanelRow row = new PanelRow("a / b / 0", Map.of(Moment.STEADY, PanelValues.read(cell)));

        assertThat(row.mismatch(Moment.STEADY, shown("1", "3"), roles).isEmpty())
                .isEqualTo(holds);
    }

    @Test
    void noValueIsNoNumberAndAnInfiniteOneIsInNoRange() {
        PanelRow row =
                new PanelRow("a / b / 0", Map.of(Moment.STEADY, PanelValues.read("heap pg-1 0..∞, heap pg-2 0..∞")));

        assertThat(row.mismatch(Moment.STEADY, shown("0", "1"), UnaryOperator.identity()))
                .isEmpty();
        assertThat(row.mismatch(Moment.STEADY, shown("NaN", "1"), UnaryOperator.identity()))
                .hasValueSatisfying(said -> assertThat(said).contains("NaN", "STEADY", "a / b / 0"));
        assertThat(row.mismatch(Moment.STEADY, shown("0", "+Inf"), UnaryOperator.identity()))
                .isPresent();
    }

    @Test
    void aCellOfAnotherFormIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PanelValues.read("pg-1 some"));
    }
}

package io.statehub.sidecar.drill.restore;

import static io.statehub.sidecar.drill.restore.Manifests.manifest;
import static io.statehub.sidecar.drill.restore.Manifests.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreReportTest {

    private static RestoreReport report(int found, ApiAnswer... api) {
        Manifest expected = manifest().table("public.t", rows(1, 3)).build();
        Manifest there = manifest().table("public.t", rows(1, found)).build();
        return new RestoreReport(
                expected.origin(), there.origin(), AsOf.SAME, Comparison.of(expected, there, AsOf.SAME), List.of(api));
    }

    @Test
    void theLinesNameEachDifferenceAndEndWithTheOutcome() {
        assertThat(report(2).lines())
                .containsExactly(
                        "DIFFERENT table public.t: 2 rows, expected 3: 1 fewer; of 3 recorded rows 2 are as they"
                                + " were, 1 missing,"
                                + " 0 changed; first keys: missing id=3",
                        "manifest of state at 2026-03-01T10:00:00Z (timeline 3, 0/3000060); restored: state on"
                                + " PostgreSQL 17.2,"
                                + " timeline 3, 0/3000060",
                        "DIFFERENT: 1 tables with 3 rows compared, 2 of them one by one; 1 differences, 0"
                                + " undecided, 0 allowed");
    }

    @Test
    void anApiThatDoesNotAnswerIsADifferenceWhateverTheRows() {
        RestoreReport report = report(
                3,
                new ApiAnswer("/state/health", true, "HTTP 200"),
                new ApiAnswer("/state/summary", false, "timed out"));

        assertThat(report.outcome()).isEqualTo(Outcome.DIFFERENT);
        assertThat(report.lines()).contains("API /state/health: HTTP 200", "DIFFERENT API /state/summary: timed out");
        assertThat(report(3, new ApiAnswer("/state/health", true, "HTTP 200")).outcome())
                .isEqualTo(Outcome.SAME);
    }

    @Test
    void theJsonHoldsTheSame() {
        JsonPath json = JsonPath.from(RestoreReportJson.of(report(2)));

        assertThat(json.getString("outcome")).isEqualTo("DIFFERENT");
        assertThat(json.getString("differences[0].subject")).isEqualTo("table public.t");
        assertThat(json.getList("differences[0].keys")).isEqualTo(List.of("missing id=3"));
        assertThat(json.getInt("rowsCompared")).isEqualTo(3);
    }
}

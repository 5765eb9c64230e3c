package io.statehub.sidecar.drill.restore;

import static io.statehub.sidecar.drill.GoldenReports.assertGolden;
import static io.statehub.sidecar.drill.restore.Manifests.manifest;
import static io.statehub.sidecar.drill.restore.Manifests.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
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

    /** As {@code drill restore verify} and {@code drill restore run} print and file them. */
    @Test
    void oneThatPassedAndOneThatFailedAreAsTheyWere() throws IOException {
        Manifest expected = manifest()
                .table("public.entry", rows(1, 10))
                .unlogged("public.fleeting", rows(1, 2))
                .sequence("public.counter", 10, 1)
                .object("index", "public.entry.by_body", "CREATE INDEX by_body ON public.entry USING btree (body)")
                .build();
        Manifest same = manifest()
                .table("public.entry", rows(1, 10))
                .unlogged(
                        "public.fleeting",
                        new TableRows.Read(0, ContentDigest.NONE, rows(1, 2).records()))
                .sequence("public.counter", 42, 1)
                .object("index", "public.entry.by_body", "CREATE INDEX by_body ON public.entry USING btree (body)")
                .build();
        Manifest other = manifest()
                .table("public.entry", rows(1, 9))
                .table("public.stranger", rows(1, 1))
                .unlogged("public.fleeting", new TableRows.Unread("timed out waiting for its lock"))
                .sequence("public.counter", 5, 1)
                .build();

        assertReport(
                "restore-passed",
                expected,
                same,
                new ApiAnswer("/state/health", true, "HTTP 200"),
                new ApiAnswer("/state/summary", true, "HTTP 200"));
        assertReport(
                "restore-failed",
                expected,
                other,
                new ApiAnswer("/state/health", true, "HTTP 200"),
                new ApiAnswer("/state/summary", false, "HTTP 503"));
    }

    private static void assertReport(String name, Manifest expected, Manifest found, ApiAnswer... api)
            throws IOException {
        RestoreReport report = new RestoreReport(
                expected.origin(), found.origin(), AsOf.SAME, Comparison.of(expected, found, AsOf.SAME), List.of(api));
        assertGolden(name + ".txt", String.join("\n", report.lines()) + "\n");
        assertGolden(name + ".json", RestoreReportJson.of(report));
    }

    @Test
    void anApiThatDoesNotAnswerIsADifferenceWhateverTheRows() {
        RestoreReport report = report(
                3,
                new ApiAnswer("/state/health", true, "HTTP 200"),
                new ApiAnswer("/state/summary", false, "timed out"));

        assertThat(report.outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
        assertThat(report.lines()).contains("API /state/health: HTTP 200", "DIFFERENT API /state/summary: timed out");
        assertThat(report(3, new ApiAnswer("/state/health", true, "HTTP 200")).outcome())
                .isEqualTo(ComparisonOutcome.SAME);
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

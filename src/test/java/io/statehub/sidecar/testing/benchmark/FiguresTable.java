package io.statehub.sidecar.testing.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of figure, unit and value, as a Markdown table. */
final class FiguresTable {

    private record Row(String figure, String unit, String value) {}

    private final List<Row> rows = new ArrayList<>();

    void add(String figure, String unit, String value) {
        rows.add(new Row(figure, unit, value));
    }

    void addLatencies(String figure, Requests.Outcome outcome) {
        Latencies latencies = outcome.latencies();
        add(
                "%s, p50 / p99 / max (status %s)".formatted(figure, outcome.statuses()),
                "ms",
                decimals(2, latencies.percentileMillis(50), latencies.percentileMillis(99), latencies.maxMillis()));
    }

    /** The values with that many decimals, separated by slashes. */
    static String decimals(int digits, double... values) {
        List<String> texts = new ArrayList<>();
        for (double value : values) {
            texts.add(String.format(Locale.ROOT, "%." + digits + "f", value));
        }
        return String.join(" / ", texts);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("| figure | unit | value |\n|---|---|---:|\n");
        rows.forEach(row -> text.append("| %s | %s | %s |%n".formatted(row.figure(), row.unit(), row.value())));
        return text.toString();
    }
}

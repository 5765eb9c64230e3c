package io.statehub.sidecar.monitoring;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.testing.CaseTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A row of {@code panels.md}: what a query of a dashboard is to show at each moment of a failover.
 *
 * @param query where it stands, as {@link Monitored#dashboardQueries()} names it
 */
public record PanelRow(String query, Map<Moment, PanelValues> expected) {

    /** When it is looked at, in the order of the table's columns. */
    public enum Moment {
        /** All is well, and has been since the start. */
        STEADY,
        /** The primary was killed, and nobody has taken over. */
        OUTAGE,
        /** Another member leads, and the former primary follows it. */
        AFTER
    }

    private static final int COLUMNS = 4;

    public PanelRow {
        expected = Map.copyOf(expected);
    }

    /** All rows, in the table's order. */
    public static List<PanelRow> all() {
        return CaseTable.rows(PanelRow.class, "panels.md", "query", COLUMNS).stream()
                .map(PanelRow::read)
                .toList();
    }

    private static PanelRow read(List<String> cells) {
        Map<Moment, PanelValues> expected = Map.of(
                Moment.STEADY, PanelValues.read(cells.get(1)),
                Moment.OUTAGE, PanelValues.read(cells.get(2)),
                Moment.AFTER, PanelValues.read(cells.get(3)));
        return new PanelRow(cells.get(0), expected);
    }

    /**
     * What is wrong with what a query shows.
     *
     * @param shown the series that Prometheus answers with
     * @param roles from the name of a member to what the table calls it
     * @return empty if it is as expected
     */
    public Optional<String> mismatch(Moment moment, List<Map<String, Object>> shown, UnaryOperator<String> roles) {
        Map<String, Double> values = shown.stream()
                .collect(Collectors.toMap(series -> labels(series, roles), PanelRow::value, Double::sum, TreeMap::new));
        PanelValues wanted = requireNonNull(expected.get(moment));
        return wanted.hold(values)
                ? Optional.empty()
                : Optional.of("%s, %s: shows %s; expected: %s".formatted(query, moment, values, wanted));
    }

    /** The values of its labels, in the order of the labels' names. */
    private static String labels(Map<String, Object> series, UnaryOperator<String> roles) {
        return ((Map<?, ?>) requireNonNull(series.get("metric")))
                .entrySet().stream()
                        .sorted((one, other) ->
                                one.getKey().toString().compareTo(other.getKey().toString()))
                        .map(label -> roles.apply(label.getValue().toString()))
                        .collect(Collectors.joining(" "));
    }

    private static double value(Map<String, Object> series) {
        return Double.parseDouble(((List<?>) requireNonNull(series.get("value")))
                .get(1)
                .toString()
                .replace("Inf", "Infinity"));
    }

    @Override
    public String toString() {
        return query;
    }
}

package io.statehub.sidecar.monitoring;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        try (InputStream file = PanelRow.class.getResourceAsStream("panels.md")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| query "))
                    .map(PanelRow::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PanelRow read(String line) {
        List<String> cells = Arrays.stream(
                        line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::trim)
                .toList();
        if (cells.size() != COLUMNS) {
            throw new IllegalArgumentException(cells.size() + " cells in place of " + COLUMNS + ": " + line);
        }
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

package io.statehub.sidecar.monitoring;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell of {@code panels.md} expects: {@code none}, or the series by the values of their labels, each with a
 * value or a range, such as {@code liveness 1, readiness 0..0.5}.
 *
 * @param series by what each is called; empty for one without labels
 * @param others whether there may be series that aren't named, which the cell says by {@code …}
 */
record PanelValues(String cell, Map<String, Range> series, boolean others) {

    private static final Pattern ITEM = Pattern.compile("(?:(.*) )?(-?[\\d.]+?)(?:\\.\\.(-?[\\d.]+|∞))?");

    /** Both ends belong to it. */
    record Range(double from, double to) {

        boolean holds(double value) {
            return value >= from && value <= to;
        }
    }

    PanelValues {
        series = Map.copyOf(series);
    }

    /** @throws IllegalArgumentException if the cell is not of this form */
    static PanelValues read(String cell) {
        Map<String, Range> series = new TreeMap<>();
        boolean others = false;
        for (String item : cell.equals("none") ? new String[0] : cell.split(", ", -1)) {
            if (item.equals("…")) {
                others = true;
                continue;
            }
            Matcher matcher = ITEM.matcher(item);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + item + "' is no series with a value: " + cell);
            }
            String labels = matcher.group(1) == null ? "" : matcher.group(1);
            double from = Double.parseDouble(matcher.group(2));
            String to = matcher.group(3);
            double most = to == null ? from : to.equals("∞") ? Double.MAX_VALUE : Double.parseDouble(to);
            series.put(labels, new Range(from, most));
        }
        return new PanelValues(cell, series, others);
    }

    /** Whether these values are as expected: all that are named, each in its range, and no more. */
    boolean hold(Map<String, Double> values) {
        return (others || series.keySet().containsAll(values.keySet()))
                && values.keySet().containsAll(series.keySet())
                && series.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().holds(requireNonNull(values.get(wanted.getKey()))));
    }

    @Override
    public String toString() {
        return cell;
    }
}

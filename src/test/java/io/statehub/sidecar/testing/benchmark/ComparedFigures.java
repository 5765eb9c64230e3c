package io.statehub.sidecar.testing.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured of several, some rounds each: minimum, median and maximum, and the ratio of the medians to those of
 * the first.
 */
final class ComparedFigures {

    private final List<String> names;
    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    /** @param names the columns; the first is what the others are held against */
    ComparedFigures(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** @param figure with its unit */
    void add(String figure, String name, double value) {
        values.computeIfAbsent(figure, key -> new LinkedHashMap<>())
                .computeIfAbsent(name, key -> new ArrayList<>())
                .add(value);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("| figure |");
        StringBuilder rule = new StringBuilder("|---|");
        for (String name : names) {
            text.append(' ').append(name).append(" |");
            rule.append("---:|");
            if (!name.equals(names.get(0))) {
                text.append(" to ").append(names.get(0)).append(" |");
                rule.append("---:|");
            }
        }
        text.append('\n').append(rule).append('\n');
        values.forEach((figure, byName) -> {
            text.append("| ").append(figure).append(" |");
            List<Double> first = byName.getOrDefault(names.get(0), List.of());
            for (String name : names) {
                List<Double> own = byName.getOrDefault(name, List.of());
                text.append(' ').append(described(own)).append(" |");
                if (!name.equals(names.get(0))) {
                    text.append(' ').append(ratio(own, first)).append(" |");
                }
            }
            text.append('\n');
        });
        return text.toString();
    }

    private static String described(List<Double> unsorted) {
        if (unsorted.isEmpty()) {
            return "–";
        }
        List<Double> sorted = unsorted.stream().sorted().toList();
        return List.of(sorted.get(0), median(sorted), sorted.get(sorted.size() - 1)).stream()
                .map(ComparedFigures::number)
                .collect(Collectors.joining(" / "));
    }

    private static String ratio(List<Double> own, List<Double> first) {
        if (own.isEmpty() || first.isEmpty() || median(first) == 0) {
            return "–";
        }
        return number(median(own) / median(first));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Three digits that count, as far as there are so many. */
    private static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}

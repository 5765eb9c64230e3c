package io.statehub.sidecar.exposure.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that a scrape gets, read line by line.
 *
 * @param types by the name of a family
 * @param helps by the name of a family
 */
public record Exposition(List<Sample> samples, Map<String, String> types, Map<String, String> helps) {

    public record Sample(String name, Map<String, String> labels, double value) {}

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
    private static final Pattern COMMENT = Pattern.compile("# (TYPE|HELP) (\\S+) (.*)");

    public static Exposition parse(String text) {
        Map<String, String> types = new TreeMap<>();
        Map<String, String> helps = new TreeMap<>();
        text.lines().map(COMMENT::matcher).filter(Matcher::matches).forEach(comment -> {
            Map<String, String> into = comment.group(1).equals("TYPE") ? types : helps;
            if (into.put(comment.group(2), comment.group(3)) != null) {
                throw new AssertionError(comment.group() + " is there twice");
            }
        });
        List<Sample> samples = text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Exposition::sample)
                .toList();
        return new Exposition(samples, types, helps);
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not a sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        if (matcher.group(2) != null) {
            Matcher label = LABEL.matcher(matcher.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        return new Sample(
                matcher.group(1), labels, Double.parseDouble(matcher.group(3).replace("Inf", "Infinity")));
    }

    List<Sample> of(Metric metric) {
        return samples.stream()
                .filter(sample -> sample.name().equals(metric.metricName()))
                .toList();
    }

    /** The series of a metric with these values of its labels, in the catalogue's order. */
    List<Double> values(Metric metric, String... labelValues) {
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < labelValues.length; i++) {
            labels.put(metric.labels().get(i), labelValues[i]);
        }
        return of(metric).stream()
                .filter(sample -> sample.labels().equals(labels))
                .map(Sample::value)
                .toList();
    }
}

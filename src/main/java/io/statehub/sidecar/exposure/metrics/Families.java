package io.statehub.sidecar.exposure.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects the samples of one scrape. What is not known adds nothing. */
final class Families {

    private static final double NANOS = 1e9;

    private final Map<Metric, List<Sample>> samples = new EnumMap<>(Metric.class);

    void add(Metric metric, double value, String... labelValues) {
        if (labelValues.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric + " takes the labels " + metric.labels());
        }
        samples.computeIfAbsent(metric, ignored -> new ArrayList<>())
                .add(new Sample(metric.metricName(), metric.labels(), List.of(labelValues), value));
    }

    /** A whole number; above 2^53 a sample of Prometheus, which is a double, rounds it. */
    void add(Metric metric, long value, String... labelValues) {
        add(metric, (double) value, labelValues);
    }

    void add(Metric metric, boolean value, String... labelValues) {
        add(metric, value ? 1L : 0L, labelValues);
    }

    void add(Metric metric, OptionalLong value, String... labelValues) {
        if (value.isPresent()) {
            add(metric, value.getAsLong(), labelValues);
        }
    }

    void addSeconds(Metric metric, Optional<Duration> value, String... labelValues) {
        value.ifPresent(duration -> add(metric, duration.toNanos() / NANOS, labelValues));
    }

    /** One series for each constant: 1 for the one that holds, 0 for the others. The constant is the last label. */
    <E extends Enum<E>> void addState(Metric metric, Class<E> states, E holds, String... otherLabelValues) {
        for (E state : states.getEnumConstants()) {
            String[] labelValues = new String[otherLabelValues.length + 1];
            System.arraycopy(otherLabelValues, 0, labelValues, 0, otherLabelValues.length);
            labelValues[otherLabelValues.length] = state.name().toLowerCase(Locale.ROOT);
            add(metric, state == holds, labelValues);
        }
    }

    List<MetricFamilySamples> toList() {
        List<MetricFamilySamples> families = new ArrayList<>();
        samples.forEach((metric, values) ->
                families.add(new MetricFamilySamples(metric.metricName(), type(metric), metric.help(), values)));
        return families;
    }

    private static Collector.Type type(Metric metric) {
        return switch (metric.type()) {
            case GAUGE -> Collector.Type.GAUGE;
            case COUNTER -> Collector.Type.COUNTER;
            case HISTOGRAM -> throw new IllegalArgumentException(metric + " is not read from a snapshot");
        };
    }
}

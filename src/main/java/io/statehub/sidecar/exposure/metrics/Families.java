package io.statehub.sidecar.exposure.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.statehub.sidecar.failover.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Collects the samples of one scrape. What is not known adds nothing, nor does a figure that there can't be. */
final class Families {

    private static final double NANOS = 1e9;
    private static final String INFO = "_info";
    private static final String TOTAL = "_total";

    private final Map<Metric, List<Sample>> samples = new EnumMap<>(Metric.class);
    private final FiguresOutOfRange outOfRange;

    private record Sample(double value, Labels labels) {}

    Families(FiguresOutOfRange outOfRange) {
        this.outOfRange = outOfRange;
    }

    void add(Metric metric, double value, String... labelValues) {
        if (labelValues.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric + " takes the labels " + metric.labels());
        }
        if (!metric.unit().allows(value)) {
            outOfRange.leftOut(metric, value);
            return;
        }
        samples.computeIfAbsent(metric, ignored -> new ArrayList<>())
                .add(new Sample(value, Labels.of(metric.labels(), List.of(labelValues))));
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
        value.ifPresent(duration -> addSeconds(metric, duration, labelValues));
    }

    void addSeconds(Metric metric, Duration value, String... labelValues) {
        add(metric, seconds(value), labelValues);
    }

    void addBounds(Metric upper, Optional<Bounds> bounds, String... labelValues) {
        addBounds(upper, bounds.map(Bounds::lower), bounds.flatMap(Bounds::upper), labelValues);
    }

    /**
     * The two series of what is measured with an error, of which the upper bound names the lower one. Where one of the
     * two can't be, or both can't be together, neither is to be believed.
     */
    void addBounds(Metric upper, Optional<Duration> atLeast, Optional<Duration> atMost, String... labelValues) {
        Optional<Double> least = atLeast.map(Families::seconds);
        Optional<Double> most = atMost.map(Families::seconds);
        boolean crossed = least.isPresent() && most.isPresent() && most.get() < least.get();
        Optional<Double> wrong = Stream.concat(most.stream(), least.stream())
                .filter(bound -> crossed || !upper.unit().allows(bound))
                .findFirst();
        if (wrong.isPresent()) {
            outOfRange.leftOut(upper, wrong.get());
            return;
        }
        addSeconds(upper.lower().orElseThrow(), atLeast, labelValues);
        addSeconds(upper, atMost, labelValues);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
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

    List<MetricSnapshot> toList() {
        List<MetricSnapshot> families = new ArrayList<>();
        samples.forEach((metric, values) -> families.add(family(metric, values)));
        return families;
    }

    /** The library puts the suffix of the type behind the name by itself. */
    private static MetricSnapshot family(Metric metric, List<Sample> samples) {
        String name = metric.metricName();
        return switch (metric.type()) {
            case GAUGE ->
                name.endsWith(INFO)
                        ? new InfoSnapshot(
                                named(metric, INFO),
                                samples.stream()
                                        .map(sample -> new InfoDataPointSnapshot(sample.labels()))
                                        .toList())
                        : new GaugeSnapshot(
                                named(metric, ""),
                                samples.stream()
                                        .map(sample ->
                                                new GaugeDataPointSnapshot(sample.value(), sample.labels(), null))
                                        .toList());
            case COUNTER ->
                new CounterSnapshot(
                        named(metric, TOTAL),
                        samples.stream()
                                .map(sample -> new CounterDataPointSnapshot(sample.value(), sample.labels(), null, 0))
                                .toList());
            case HISTOGRAM -> throw new IllegalArgumentException(metric + " is not read from a snapshot");
        };
    }

    private static MetricMetadata named(Metric metric, String suffix) {
        String name = metric.metricName();
        return new MetricMetadata(name.substring(0, name.length() - suffix.length()), metric.help());
    }
}

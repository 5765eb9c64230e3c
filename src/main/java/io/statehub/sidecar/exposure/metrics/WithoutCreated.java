package io.statehub.sidecar.exposure.metrics;

import io.prometheus.client.Collector;
import java.util.List;

/** A metric without the {@code _created} series that the library puts beside each of its own: no catalogue names them. */
final class WithoutCreated extends Collector {

    private static final String SUFFIX = "_created";

    private final Collector metric;

    WithoutCreated(Collector metric) {
        this.metric = metric;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return metric.collect().stream().map(WithoutCreated::family).toList();
    }

    private static MetricFamilySamples family(MetricFamilySamples family) {
        return new MetricFamilySamples(
                family.name,
                family.type,
                family.help,
                family.samples.stream()
                        .filter(sample -> !sample.name.endsWith(SUFFIX))
                        .toList());
    }
}

package io.statehub.sidecar.exposure.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** All that is exported, in one of the two forms that Prometheus reads. */
@Singleton
class MetricsText {

    /** The greatest of the last minutes, which Micrometer puts beside each histogram: no catalogue names it. */
    private static final String GREATEST = Metric.PROBE_DURATION.metricName() + "_max";

    /** How long a usual answer is, so that its buffer seldom grows. */
    private static final int USUAL_SIZE = 32 << 10;

    private final SnapshotCollector collector;
    private final PrometheusMeterRegistry registry;

    MetricsText(SnapshotCollector collector, PrometheusMeterRegistry registry) {
        this.collector = collector;
        this.registry = registry;
    }

    /** The forms, of which text is what whoever asks for neither gets. */
    enum Form {
        TEXT(PrometheusTextFormatWriter.create()),
        OPEN_METRICS(OpenMetricsTextFormatWriter.create());

        @SuppressWarnings("ImmutableEnumChecker") // a writer holds two switches
        private final ExpositionFormatWriter writer;

        Form(ExpositionFormatWriter writer) {
            this.writer = writer;
        }

        String contentType() {
            return writer.getContentType();
        }
    }

    byte[] of(AgentSnapshot snapshot, Form form) {
        MetricSnapshots all = new MetricSnapshots(Stream.concat(collector.collect(snapshot).stream(), ofTheProcess())
                .toList());
        ByteArrayOutputStream text = new ByteArrayOutputStream(USUAL_SIZE);
        try {
            form.writer.write(text, all);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written to it", e);
        }
        return text.toByteArray();
    }

    private Stream<MetricSnapshot> ofTheProcess() {
        return registry.getPrometheusRegistry().scrape().stream()
                .filter(family -> !family.getMetadata().getName().equals(GREATEST))
                .filter(MetricsText::known);
    }

    /** Java says −1 or NaN of what the platform doesn't tell; nothing of the process is ever below 0. */
    private static boolean known(MetricSnapshot family) {
        return !(family instanceof GaugeSnapshot gauge)
                || gauge.getDataPoints().stream().allMatch(point -> point.getValue() >= 0);
    }
}

package io.statehub.sidecar.exposure.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** Micrometer's registry, for what is counted as it happens and for the process's own figures. */
final class MetricsSetup {

    /** What tells a person that this process is short of something; the other 60 series tell nobody anything. */
    private static final Set<String> METERS = Set.of(
            "jvm.memory.used",
            "jvm.threads.live",
            "process.cpu.usage",
            "process.files.open",
            "process.files.max",
            "process.start.time",
            "process.uptime",
            Metric.PROBE_DURATION.metricName(),
            Metric.PROBE_FAILURES.metricName());

    private MetricsSetup() {}

    @Produces
    @Singleton
    static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(nothingElse());
        return registry;
    }

    private static MeterFilter nothingElse() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return METERS.contains(id.getName()) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
            }
        };
    }
}

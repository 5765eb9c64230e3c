package io.statehub.sidecar.exposure.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import io.statehub.sidecar.agent.KubernetesAccess;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts our metrics beside the few of the process in Micrometer's registry. */
@Singleton
class MetricsSetup {

    /** What tells a person that this process is short of something; the other 60 series tell nobody anything. */
    private static final Set<String> PROCESS_METERS = Set.of(
            "jvm.memory.used",
            "jvm.threads.live",
            "process.cpu.usage",
            "process.files.open",
            "process.files.max",
            "process.start.time",
            "process.uptime");

    private final CollectorRegistry registry;
    private final SnapshotCollector collector;

    MetricsSetup(
            CollectorRegistry registry,
            Snapshots snapshots,
            Settings settings,
            KubernetesAccess kubernetes,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.registry = registry;
        this.collector = new SnapshotCollector(snapshots, settings, kubernetes, version);
    }

    void register(@Observes StartupEvent event) {
        registry.register(collector);
    }

    /** One for all. Quarkus's own bean has no scope, so that whoever injects it gets a registry that nobody scrapes. */
    @Produces
    @Singleton
    static CollectorRegistry collectors() {
        return new CollectorRegistry(true);
    }

    @Produces
    @Singleton
    static MeterFilter onlyTheProcess() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return PROCESS_METERS.contains(id.getName()) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
            }
        };
    }
}

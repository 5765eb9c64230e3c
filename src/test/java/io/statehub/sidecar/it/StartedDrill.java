package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A failover drill of the packaged sidecar, which runs. */
final class StartedDrill implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofMinutes(3);

    private final EvidenceStore evidence;
    private final SidecarProcess process;

    private StartedDrill(Path evidence, SidecarProcess process) {
        this.evidence = EvidenceStore.at(evidence);
        this.process = process;
    }

    /**
     * Starts it; nobody is asked.
     *
     * @param settings besides those of API and role, as environment variables
     */
    static StartedDrill on(StandInApi api, Map<String, String> settings, Path evidence, String... options) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "STATEHUB_API_URL",
                api.url(),
                "STATEHUB_API_LIVENESS_TIMEOUT",
                "450ms",
                "STATEHUB_API_READINESS_TIMEOUT",
                "900ms",
                "STATEHUB_POSTGRES_USERNAME",
                LabRoles.SIDECAR,
                "STATEHUB_POSTGRES_PASSWORD",
                LabRoles.SIDECAR_PASSWORD,
                "STATEHUB_PROBE_INTERVAL",
                "500ms",
                "STATEHUB_PROBE_DEADLINE",
                "450ms"));
        environment.putAll(settings);
        List<String> arguments =
                new ArrayList<>(List.of("drill", "failover", "--yes", "--progress=plain", "--evidence=" + evidence));
        arguments.addAll(List.of(options));
        return new StartedDrill(
                evidence, SidecarProcess.command(environment, FreePorts.next(), arguments.toArray(String[]::new)));
    }

    SidecarProcess process() {
        return process;
    }

    void awaitLine(String start) {
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(process.errorLines())
                        .as(everything())
                        .anySatisfy(line -> assertThat(line).startsWith(start)));
    }

    /** All that it said, for whoever wonders why. */
    String everything() {
        return process.output() + "\n" + String.join("\n", process.errorLines());
    }

    /** What it filed last. */
    EvidenceItem filed() throws EvidenceException {
        assertThat(evidence.verify()).as(everything()).isEmpty();
        List<EvidenceItem> items = evidence.items();
        assertThat(items).as(everything()).isNotEmpty();
        return items.get(items.size() - 1);
    }

    Path report() throws EvidenceException {
        return evidence.folderOf(filed()).resolve("report.md");
    }

    @Override
    public void close() {
        process.close();
    }
}

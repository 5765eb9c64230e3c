package io.statehub.sidecar.cli;

import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.access.AccessCheck;
import io.statehub.sidecar.access.AccessJson;
import io.statehub.sidecar.access.AccessReport;
import io.statehub.sidecar.access.AccessTable;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.evidence.Attachment;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code verify access} does. */
@Singleton
@Unremovable
public class AccessVerification {

    private final Settings settings;
    private final Vertx vertx;
    private final TimeSource time;

    AccessVerification(Settings settings, Vertx vertx, TimeSource time) {
        this.settings = settings;
        this.vertx = vertx;
        this.time = time;
    }

    int run(
            Duration timeout,
            Optional<URI> mcpBase,
            Optional<URI> prometheus,
            boolean json,
            FilingOptions filing,
            String machine) {
        AccessReport report = new AccessCheck(settings, vertx, time, timeout)
                .run(
                        mcpBase,
                        prometheus,
                        step -> Terminal.progress(step.target() + ": " + step.name() + ": " + step.result()));
        System.out.print(json ? AccessJson.of(report) : AccessTable.of(report));
        boolean filed = filing.file(() -> draft(report, machine));
        return report.passed() && filed ? 0 : 1;
    }

    private EvidenceDraft draft(AccessReport report, String machine) {
        return new EvidenceDraft(
                EvidenceKind.ACCESS,
                time.now().wallClock(),
                report.cluster(),
                report.passed() ? EvidenceVerdict.PASSED : EvidenceVerdict.FAILED,
                "access from " + machine + ": "
                        + (report.passed() ? "everything that was tried works" : "something does not work"),
                Map.of("machine", machine),
                List.of(
                        Attachment.text("access.txt", AccessTable.of(report)),
                        Attachment.text("access.json", AccessJson.of(report))));
    }
}

package io.statehub.sidecar.cli;

import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.access.AccessCheck;
import io.statehub.sidecar.access.AccessJson;
import io.statehub.sidecar.access.AccessReport;
import io.statehub.sidecar.access.AccessTable;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
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

    int run(Duration timeout, Optional<URI> mcpBase, boolean json) {
        AccessReport report = new AccessCheck(settings, vertx, time, timeout)
                .run(mcpBase, step -> Terminal.progress(step.target() + ": " + step.name() + ": " + step.result()));
        System.out.print(json ? AccessJson.of(report) : AccessTable.of(report));
        return report.passed() ? 0 : 1;
    }
}

package io.statehub.sidecar.exposure.log;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.ListenerOrder;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.time.Moment;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Logs what changed from one snapshot to the next, with from, to and why. */
@Singleton
@Priority(ListenerOrder.CHANGES)
public class ChangeLog implements SnapshotListener {

    private static final Logger LOG = Logger.getLogger("io.statehub.sidecar");

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        Assessment before = previous.assessment();
        Assessment after = current.assessment();
        findings(before.findings(), after.findings(), after.at());
        for (Scope scope : after.scopes()) {
            Status from = before.status(scope);
            Status to = after.status(scope);
            if (from != to) {
                LOG.infof("%s %s -> %s%s", scope.label(), from, to, because(reasons(after, scope)));
            }
        }
        if (previous.headline().kind() != current.headline().kind()) {
            LOG.infof(
                    "%s: %s",
                    current.headline().kind().status(), current.headline().text());
        }
        if (before.readiness().ready() != after.readiness().ready()) {
            LOG.infof(
                    "pod %s%s",
                    after.readiness().ready() ? "ready" : "not ready",
                    because(after.readiness().reasons()));
        }
    }

    private static void findings(List<Finding> before, List<Finding> after, Moment now) {
        after.stream()
                .filter(finding -> before.stream().noneMatch(finding::isSameAs))
                .forEach(finding -> LOG.warnf("%s: %s", finding.kind().label(), finding.message()));
        before.stream()
                .filter(finding -> after.stream().noneMatch(finding::isSameAs))
                .forEach(finding -> LOG.infof(
                        "%s: %s: over after %.1f s",
                        finding.kind().label(), finding.subject(), seconds(now.since(finding.since()))));
    }

    /** What was found on a scope, and which of its targets failed last without being down yet. */
    private static List<String> reasons(Assessment assessment, Scope scope) {
        Stream<String> found = assessment.findings(scope).stream()
                .map(finding -> finding.kind().label() + " " + finding.subject());
        Stream<String> failing = assessment.targets().of(scope).stream()
                .filter(target -> target.status() != Status.DOWN)
                .flatMap(target -> target.health().failure().stream()
                        .map(failure -> target.name() + " " + failure.kind().label()));
        return Stream.concat(found, failing).toList();
    }

    private static String because(List<String> reasons) {
        return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}

package io.statehub.sidecar.exposure.log;

import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Count;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Service;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One line on what came of an incident. */
public final class IncidentSummary {

    private IncidentSummary() {}

    /** The account of an incident that ended. */
    public static String of(Incident incident, Incident.Ending ending) {
        return "%s; writes out %s (rto %s); lost rows %s (rpo %s) [incident %s]"
                .formatted(
                        ending.outcome().label(),
                        writeOutage(incident.outagesOf(Service.WRITE)),
                        ending.rto().label(),
                        incident.loss().rows().map(Count::described).orElse("not known"),
                        ending.rpo().label(),
                        incident.id());
    }

    /** That no attempt failed doesn't show that none could have. */
    private static String writeOutage(OutageSum outages) {
        return outages.outages() == 0 ? "at no attempt" : between(outages.bounds());
    }

    private static String between(Bounds bounds) {
        Optional<String> upper = bounds.upper().map(bound -> " to " + seconds(bound));
        return (upper.isPresent() ? "" : "at least ") + seconds(bounds.lower()) + upper.orElse("");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}

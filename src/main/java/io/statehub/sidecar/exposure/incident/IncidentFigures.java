package io.statehub.sidecar.exposure.incident;

import io.statehub.sidecar.failover.Availability;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Outage;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Phase;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.observation.Moment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The figures of one incident as they are told, be it over or not.
 *
 * @param tracking all that is known, to which it belongs
 * @param now as of when
 */
public record IncidentFigures(Incident incident, Tracking tracking, Moment now) {

    /**
     * The outages of one service during an incident.
     *
     * @param count how many were seen
     * @param upper empty if one of them was not seen to begin or to end; or if none was seen, because a shorter one than the
     *     time between two attempts may have passed unseen
     * @param open whether the last of them goes on
     */
    public record Outages(int count, Duration lower, Optional<Duration> upper, boolean open) {}

    /**
     * The newest incident in which the primary became another one. Once the writes reach the new primary that is so, though
     * the incident goes on until redundancy is back, which may take days.
     */
    public static Optional<Incident> lastChangeOfPrimary(Tracking tracking) {
        return tracking.state() instanceof FailoverState.Routed routed
                ? Optional.of(routed.trouble())
                : tracking.lastChangeOfPrimary();
    }

    /** Empty if the service was never tried. */
    public Optional<Outages> outages(Service service) {
        Availability availability = tracking.service(service);
        Optional<Outage> open = availability.open();
        OutageSum ended = incident.outagesOf(service);
        OutageSum all = incident.outagesOf(service, open, now);
        boolean tried =
                availability.lastGood().isPresent() || availability.lastBad().isPresent();
        if (all.outages() == 0 && !tried) {
            return Optional.empty();
        }
        Optional<Duration> upper =
                all.bounds().upper().filter(bound -> all.outages() > 0 || bound.compareTo(Duration.ZERO) > 0);
        return Optional.of(new Outages(all.outages(), all.bounds().lower(), upper, all.outages() > ended.outages()));
    }

    /**
     * How long a phase took. One that goes on has lasted until the last look began at least: what ended it since then was not
     * seen. One that was skipped, because the next one began without it, has no duration.
     */
    public Optional<Bounds> phase(Phase phase) {
        boolean skipped = phase.closed(incident).isEmpty()
                && Arrays.stream(Phase.values())
                        .anyMatch(later -> later.compareTo(phase) > 0
                                && later.opened(incident).isPresent());
        return skipped ? Optional.empty() : phase.bounds(incident, tracking.looked());
    }
}

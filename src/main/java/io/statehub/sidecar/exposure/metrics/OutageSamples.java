package io.statehub.sidecar.exposure.metrics;

import io.statehub.sidecar.failover.Availability;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Outage;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The samples of each service over time. One that was never tried has none. */
final class OutageSamples {

    private OutageSamples() {}

    /** Of a service whose last attempt is older than {@code stillTells}, whether it is out is not known. */
    static void add(Tracking tracking, Moment now, Function<Service, Duration> stillTells, Families families) {
        for (Service service : Service.values()) {
            Availability availability = tracking.service(service);
            Optional<Moment> tried = Stream.of(availability.lastGood(), availability.lastBad())
                    .flatMap(Optional::stream)
                    .reduce(Moment::latest);
            if (tried.isEmpty()) {
                continue;
            }
            totals(service, availability, families);
            if (now.since(tried.get()).compareTo(stillTells.apply(service)) <= 0) {
                current(service, availability.open(), now, families);
            }
        }
    }

    /**
     * Up to the last bad attempt and no further: the first good one may be dated before the moment of a scrape that
     * doesn't know of it yet, and a counter that falls counts for Prometheus as one that began again.
     */
    private static void totals(Service service, Availability availability, Families families) {
        Moment upTo = availability
                .open()
                .map(Outage::lastBad)
                .or(availability::lastGood)
                .or(availability::lastBad)
                .orElseThrow();
        Availability.Downtime downtime = availability.downtime(upTo);
        families.add(Metric.OUTAGES, availability.outages(), service.label());
        families.addBounds(
                Metric.OUTAGE_UPPER, Optional.of(downtime.lower()), Optional.of(downtime.upper()), service.label());
    }

    private static void current(Service service, Optional<Outage> open, Moment now, Families families) {
        families.add(Metric.OUTAGE, open.isPresent(), service.label());
        Optional<Bounds> bounds = open.map(outage -> outage.bounds(now));
        families.addBounds(Metric.CURRENT_OUTAGE_UPPER, bounds, service.label());
    }
}

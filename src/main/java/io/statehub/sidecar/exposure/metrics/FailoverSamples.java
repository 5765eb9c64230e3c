package io.statehub.sidecar.exposure.metrics;

import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Loss;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.failover.Phase;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Standing;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;
import java.util.OptionalLong;

/** The samples of where the cluster stands, of what was counted, and of the last change of primary. */
final class FailoverSamples {

    private FailoverSamples() {}

    static void add(AgentSnapshot snapshot, Moment now, Families families) {
        Tracking tracking = snapshot.tracking();
        families.addState(
                Metric.FAILOVER_STATE, Standing.class, tracking.state().standing());
        splitBrain(snapshot.assessment().cluster(), tracking, families);
        for (Outcome outcome : Outcome.values()) {
            families.add(Metric.FAILOVERS, tracking.tally().outcome(outcome), outcome.label());
        }
        families.add(Metric.LOST_ROWS, tracking.tally().lostRows());
        tracking.lastChangeOfPrimary().ifPresent(incident -> last(incident, tracking, now, families));
    }

    /** Once seen, it is one until it is seen to be over; while the fate of a primary is unknown, it may be one. */
    private static void splitBrain(ClusterView cluster, Tracking tracking, Families families) {
        boolean anySeen =
                cluster.members().stream().anyMatch(member -> member.role().isPresent() && cluster.belongs(member));
        boolean seen = tracking.state().standing() == Standing.SPLIT_BRAIN;
        if (seen || (anySeen && !tracking.primaries().anyFateUnknown())) {
            families.add(Metric.SPLIT_BRAIN, seen);
        }
    }

    private static void last(Incident incident, Tracking tracking, Moment now, Families families) {
        Moment changed = incident.milestone(FailoverEvent.Kind.PROMOTED)
                .map(Occurrence::latest)
                .orElse(incident.noticed());
        families.add(Metric.LAST_FAILOVER_TIMESTAMP, changed.wallClock().toEpochMilli() / 1000.0);
        families.addSeconds(Metric.TIME_SINCE_FAILOVER, Optional.of(now.since(changed)));
        for (Phase phase : Phase.values()) {
            Optional<Bounds> bounds = phase.bounds(incident, tracking.looked());
            families.addBounds(Metric.LAST_FAILOVER_PHASE_UPPER, bounds, phase.label());
        }
        for (Service service : Service.values()) {
            Optional<Bounds> outages = tracking.outages(incident, service, now).map(OutageSum::bounds);
            families.addBounds(Metric.LAST_FAILOVER_OUTAGE_UPPER, outages, service.label());
        }
        loss(incident.loss(), families);
        incident.ending().ifPresent(ending -> {
            verdict("rto", ending.rto(), families);
            verdict("rpo", ending.rpo(), families);
        });
    }

    /** Without heartbeats neither rows nor seconds are judged, and so nothing is known of ambiguous ones either. */
    private static void loss(Loss loss, Families families) {
        loss.rows().ifPresent(rows -> {
            families.add(Metric.LAST_FAILOVER_LOST_ROWS, rows.isExact() ? rows.atMost() : OptionalLong.empty());
            families.add(Metric.LAST_FAILOVER_LOST_ROWS_LOWER, rows.atLeast());
            families.add(Metric.LAST_FAILOVER_AMBIGUOUS_ROWS, loss.ambiguous());
        });
        families.addBounds(Metric.LAST_FAILOVER_LOST_SECONDS_UPPER, loss.seconds());
        loss.bytes().ifPresent(bytes -> {
            families.add(Metric.LAST_FAILOVER_LOST_BYTES_LOWER, bytes.atLeast());
            families.add(Metric.LAST_FAILOVER_LOST_BYTES_UPPER, bytes.atMost());
        });
    }

    private static void verdict(String objective, Objectives.Compliance holds, Families families) {
        families.addState(Metric.LAST_FAILOVER_OBJECTIVE, Objectives.Compliance.class, holds, objective);
    }
}

package io.statehub.sidecar.exposure.metrics;

import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.RpoExposure;
import io.statehub.sidecar.assessment.Staleness;
import io.statehub.sidecar.failover.Tally;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import java.util.Optional;

/** The samples of what would survive: heartbeats on each member, and what is at risk now. */
final class DurabilitySamples {

    private DurabilitySamples() {}

    static void add(AgentSnapshot snapshot, Families families) {
        ClusterView cluster = snapshot.assessment().cluster();
        RpoExposure.of(cluster)
                .ifPresent(exposure -> exposure(exposure, cluster.members().size() > 1, families));
        beats(snapshot.tracking().tally(), families);
        for (MemberView member : cluster.members()) {
            staleness(member, snapshot.tracking().ledger(), families);
        }
    }

    private static void exposure(RpoExposure exposure, boolean redundancyWanted, Families families) {
        families.add(Metric.RPO_EXPOSURE_BYTES, exposure.bytes());
        families.addBounds(
                Metric.RPO_EXPOSURE_UPPER,
                exposure.time().map(Staleness::atLeast),
                exposure.time().flatMap(Staleness::atMost));
        families.add(Metric.RPO_EXPOSURE_SYNCHRONOUS, exposure.synchronous());
        if (redundancyWanted) {
            families.add(Metric.RPO_UNPROTECTED, exposure.unprotected());
        }
    }

    private static void beats(Tally tally, Families families) {
        families.add(Metric.HEARTBEATS, tally.acked(), "acked");
        families.add(Metric.HEARTBEATS, tally.failed(), "failed");
        families.add(Metric.HEARTBEATS, tally.ambiguous(), "ambiguous");
    }

    private static void staleness(MemberView member, WriteLedger ledger, Families families) {
        Optional<Staleness> staleness = member.state()
                .flatMap(MemberState::newestBeat)
                .flatMap(beat -> ledger.staleness(
                        beat, member.askedAt().orElseThrow(), member.seenAt().orElseThrow()));
        families.addBounds(
                Metric.HEARTBEAT_STALENESS_UPPER,
                staleness.map(Staleness::atLeast),
                staleness.flatMap(Staleness::atMost),
                member.name());
    }
}

package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.drill.ledger.DrillFacts;
import io.statehub.sidecar.drill.report.LedgerSections;
import io.statehub.sidecar.drill.report.PlanText;
import io.statehub.sidecar.drill.report.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a failover drill is about to do.
 *
 * @param cluster for people
 * @param systemIdentifier the cluster's, unsigned
 * @param primary who leads now
 * @param standbys how many standbys stream now, and are waited for in the end
 * @param trigger what causes the failover
 * @param rto how long writes may be out
 * @param rpo how much may be lost
 * @param rate writes a second
 * @param deadline after which it is not watched any longer
 * @param places what is written where, by name, without any secret
 * @param unsound why it should not begin; empty if nothing speaks against it
 */
public record FailoverPlan(
        String cluster,
        String systemIdentifier,
        String primary,
        int standbys,
        String trigger,
        Duration rto,
        Duration rpo,
        int rate,
        Duration deadline,
        Map<String, String> places,
        List<String> unsound) {

    static final String CLUSTER = "cluster";
    private static final String PRIMARY = "primary";
    static final String STANDBYS = "standbys";
    static final String RTO_MILLIS = "RTO" + PlanText.IN_MILLIS;
    static final String RPO_MILLIS = "RPO" + PlanText.IN_MILLIS;
    private static final String RATE = "writes a second";
    private static final String DEADLINE = "deadline";

    public FailoverPlan {
        places = Map.copyOf(places);
        unsound = List.copyOf(unsound);
    }

    /** As a person sees it before anything is done, and as it is noted in the ledger. */
    PlanText said() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(CLUSTER, cluster);
        facts.put(DrillFacts.SYSTEM_IDENTIFIER, systemIdentifier);
        facts.put(PRIMARY, primary);
        facts.put(STANDBYS, Integer.toString(standbys));
        facts.put(LedgerSections.TRIGGER, trigger);
        facts.put(RTO_MILLIS, Long.toString(rto.toMillis()));
        facts.put(RPO_MILLIS, Long.toString(rpo.toMillis()));
        facts.put(RATE, Integer.toString(rate));
        facts.put(DEADLINE, Words.of(deadline));
        return new PlanText(
                "Failover drill: the primary is lost on purpose, and what that costs is measured.",
                facts,
                places,
                unsound);
    }
}

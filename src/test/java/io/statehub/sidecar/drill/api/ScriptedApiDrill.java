package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ledger of an API drill that never was: each 100 ms every track is tried, and each try takes 10 ms. */
final class ScriptedApiDrill {

    static final String ID = "00000000000000ab";

    private static final Instant STARTED = Instant.parse("2026-11-27T12:00:00Z");
    private static final long MILLI = 1_000_000L;

    private final List<LedgerRecord> records = new ArrayList<>();
    private final ApiPlan plan;
    private final boolean kubernetes;
    private long now;

    ScriptedApiDrill(Duration allowed, boolean kubernetes) {
        this.kubernetes = kubernetes;
        plan = new ApiPlan(
                "http://state-hub.state-hub.svc:8000",
                "7000000000000000001",
                kubernetes ? "state-hub, 2 of 2 pods ready" : "",
                kubernetes ? "kubernetes:delete-api-pod of Deployment state-hub" : "command: kill 4711",
                allowed,
                10,
                Duration.ofMinutes(5),
                Map.of("asks", "/state/health and /state/summary", DrillProcess.KEY, "42 on laptop"),
                List.of());
    }

    ApiPlan plan() {
        return plan;
    }

    /** So many rounds, in which the paths answer so, and Kubernetes says that. */
    ScriptedApiDrill rounds(int many, TryOutcome paths, TryOutcome deployment) {
        for (int i = 0; i < many; i++) {
            tried(Track.API_LIVENESS, paths, paths == TryOutcome.OK ? "200" : "refused (nobody listens)");
            tried(Track.API_READINESS, paths, paths == TryOutcome.OK ? "200" : "status (503)");
            if (kubernetes) {
                tried(
                        Track.DEPLOYMENT,
                        deployment,
                        deployment == TryOutcome.OK ? "2 of 2 pods ready" : "1 of 2 pods ready");
            }
            now += 100 * MILLI;
        }
        return this;
    }

    ScriptedApiDrill rounds(int many, TryOutcome all) {
        return rounds(many, all, all);
    }

    private void tried(Track track, TryOutcome outcome, String detail) {
        records.add(new LedgerRecord.Tried(now + 10 * MILLI, track, 0, now, outcome, detail));
    }

    ScriptedApiDrill trigger() {
        records.add(new LedgerRecord.Triggered(now, false, ""));
        records.add(new LedgerRecord.Triggered(now + MILLI, true, "pod state-hub-a deleted"));
        return this;
    }

    ScriptedApiDrill happened(String kind, String evidence) {
        records.add(new LedgerRecord.Happened(now, kind, now - 100 * MILLI, now, evidence));
        return this;
    }

    ScriptedApiDrill ended(End why) {
        records.add(new LedgerRecord.Ended(now, why));
        return this;
    }

    /** A pod is deleted, a few requests fail, and the next pod is ready after 2 s. */
    static ScriptedApiDrill replaced(Duration allowed) {
        return new ScriptedApiDrill(allowed, true)
                .rounds(20, TryOutcome.OK)
                .trigger()
                .rounds(1, TryOutcome.FAILED)
                .happened(ApiFacts.PODS_CHANGED, "pod state-hub-a (u1) is gone; pod state-hub-c (u3) is new")
                .rounds(2, TryOutcome.FAILED)
                .rounds(17, TryOutcome.OK, TryOutcome.FAILED)
                .rounds(50, TryOutcome.OK)
                .ended(End.WHOLE);
    }

    ApiFacts facts() {
        return new ApiFacts(new Ledger(
                new Begun(ID, ApiConclusion.KIND, STARTED, plan.said().noted()), records, 0));
    }
}

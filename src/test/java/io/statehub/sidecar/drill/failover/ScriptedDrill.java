package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** The ledger of a drill that never was: a write each 100 ms, of which each takes 10 ms. */
final class ScriptedDrill {

    static final String ID = "00000000000000aa";
    static final SystemIdentifier CLUSTER = new SystemIdentifier(7_000_000_000_000_000_001L);

    private static final Instant STARTED = Instant.parse("2026-11-27T12:00:00Z");
    private static final long MILLI = 1_000_000L;

    private final List<LedgerRecord> records = new ArrayList<>();
    private final FailoverPlan plan;
    private long sequence;
    private long now;

    ScriptedDrill(Duration rto, String... unsound) {
        plan = new FailoverPlan(
                "cluster state-hub-db",
                CLUSTER.toString(),
                "pg-1",
                2,
                "command: kill -9 1234",
                rto,
                Duration.ZERO,
                10,
                Duration.ofSeconds(60),
                Map.of("writes to", "statehub_sidecar.canary through db:5432", DrillProcess.KEY, "42 on laptop"),
                List.of(unsound));
    }

    static FailoverPlan planOf(ScriptedDrill drill) {
        return drill.plan;
    }

    /** So many writes, each with this outcome. */
    ScriptedDrill writes(int many, TryOutcome outcome) {
        for (int i = 0; i < many; i++) {
            long begun = now;
            records.add(new LedgerRecord.Sent(begun, ++sequence));
            String detail = outcome == TryOutcome.OK ? "2026-11-27T10:00:00Z" : "refused (nobody listens)";
            records.add(new LedgerRecord.Tried(begun + 10 * MILLI, Track.WRITE, sequence, begun, outcome, detail));
            if (sequence % 5 == 0) {
                records.add(new LedgerRecord.Tried(
                        begun + 20 * MILLI,
                        Track.API_READINESS,
                        0,
                        begun,
                        outcome == TryOutcome.OK ? TryOutcome.OK : TryOutcome.FAILED,
                        outcome == TryOutcome.OK ? "200" : "status (503)"));
                records.add(new LedgerRecord.Sampled(begun, OptionalLong.of(sequence * 100), 2, "stable"));
            }
            now += 100 * MILLI;
        }
        return this;
    }

    /** One that was sent and never heard of. */
    ScriptedDrill unheard() {
        records.add(new LedgerRecord.Sent(now, ++sequence));
        now += 100 * MILLI;
        return this;
    }

    ScriptedDrill trigger() {
        records.add(new LedgerRecord.Triggered(now, false, ""));
        records.add(new LedgerRecord.Triggered(now + MILLI, true, "exit code 0\nkilled it"));
        return this;
    }

    ScriptedDrill happened(Kind kind) {
        records.add(new LedgerRecord.Happened(now, kind.label(), now - 100 * MILLI, now, kind.label() + " was seen"));
        return this;
    }

    ScriptedDrill streaming(int standbys) {
        records.add(new LedgerRecord.Sampled(now, OptionalLong.empty(), standbys, "stable"));
        return this;
    }

    ScriptedDrill concluded(String outcome) {
        records.add(new LedgerRecord.Concluded(now, outcome, outcome + ": pg-2 leads"));
        return this;
    }

    ScriptedDrill ended(End why) {
        records.add(new LedgerRecord.Ended(now, why));
        return this;
    }

    /** A failover whose writes were out for 0.5 to 0.7 s. */
    static ScriptedDrill failover(Duration rto) {
        return new ScriptedDrill(rto)
                .writes(20, TryOutcome.OK)
                .trigger()
                .writes(1, TryOutcome.AMBIGUOUS)
                .happened(Kind.PRIMARY_SUSPECT)
                .writes(3, TryOutcome.FAILED)
                .happened(Kind.PRIMARY_LOST)
                .writes(2, TryOutcome.FAILED)
                .happened(Kind.PROMOTED)
                .writes(5, TryOutcome.OK)
                .happened(Kind.ROUTED)
                .writes(10, TryOutcome.OK)
                .happened(Kind.REDUNDANT)
                .concluded("failover")
                .writes(5, TryOutcome.OK)
                .ended(End.WHOLE);
    }

    Ledger ledger() {
        return new Ledger(new Begun(ID, "failover", STARTED, plan.said().noted()), records, 0);
    }

    FailoverFacts facts() {
        return new FailoverFacts(ledger());
    }

    /** All that was acknowledged, but for these. */
    NavigableSet<Long> heldWithout(long... lost) {
        NavigableSet<Long> held = new TreeSet<>();
        facts().writes().stream().filter(CanaryWrite::acked).forEach(write -> held.add(write.sequence()));
        LongStream.of(lost).forEach(held::remove);
        return held;
    }

    Comparison compared(Optional<NavigableSet<Long>> held) {
        return Comparison.of(facts().writes(), held, ID, CLUSTER);
    }
}

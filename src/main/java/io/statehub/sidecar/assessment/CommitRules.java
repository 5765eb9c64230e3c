package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.TargetId;
import java.time.Duration;
import java.util.Optional;

/** What can be wrong with commits though a server answers: they fail, or wait for standbys that aren't there. */
final class CommitRules {

    private static final String SUBJECT = TargetId.Part.WRITE_ENDPOINT.label();

    private CommitRules() {}

    static void check(
            Target endpoint,
            WriteEvidence evidence,
            MissingStandbys missing,
            ClusterView cluster,
            AssessmentPolicy policy,
            Findings findings) {
        Optional<SynchronousStandbys> synchronous = SynchronousStandbys.of(cluster);
        Optional<SynchronousStandbys> lacking = missing.lacking();
        if (endpoint.status() != Status.DOWN) {
            heartbeats(evidence, lacking, policy, findings);
        }
        if (lacking.isPresent() && missing.looks() >= policy.hysteresis().failuresToDown()) {
            boolean acked = missing.since()
                    .flatMap(since ->
                            evidence.acked().filter(beat -> beat.begun().isAfter(since)))
                    .isPresent();
            findings.add(
                    acked ? FindingKind.COMMITS_WAITING : FindingKind.SYNC_STANDBYS_MISSING,
                    SUBJECT,
                    lacking.get().described(),
                    "at least as many as commits wait for");
        } else {
            waiting(evidence, cluster, policy, findings);
        }
        synchronous
                .filter(it -> it.spare() == 0)
                .ifPresent(it -> findings.add(
                        it.noSpareByDesign() ? FindingKind.SYNC_NO_SPARE_BY_DESIGN : FindingKind.SYNC_NO_SPARE,
                        Findings.CLUSTER,
                        it.described() + ": one more loss stops all writes",
                        "one to spare"));
    }

    private static void heartbeats(
            WriteEvidence evidence, Optional<SynchronousStandbys> lacking, AssessmentPolicy policy, Findings findings) {
        String why = evidence.failure().map(TargetRules::text).orElse("no reason is known");
        switch (evidence.standing()) {
            case FAILING ->
                findings.add(
                        FindingKind.WRITES_FAILING,
                        SUBJECT,
                        "no heartbeat is acknowledged; the last one: " + why
                                + lacking.map(it -> "; commits wait for " + it.described())
                                        .orElse(""),
                        "fewer than " + policy.hysteresis().failuresToDown() + " in a row");
            case UNCLEAR ->
                findings.add(
                        FindingKind.WRITES_UNCONFIRMED,
                        SUBJECT,
                        "no heartbeat is acknowledged, for a reason that may be ours alone: " + why,
                        "a heartbeat that is acknowledged");
            case NONE, SHOWN -> {
                // Nothing speaks against writes.
            }
        }
    }

    /** Commits of others, seen waiting for longer than any answer holds. */
    private static void waiting(
            WriteEvidence evidence, ClusterView cluster, AssessmentPolicy policy, Findings findings) {
        Optional<RoleState.CommitWait> wait =
                cluster.primary().flatMap(MemberView::primary).flatMap(RoleState.Primary::commitWait);
        Optional<Duration> longest =
                wait.flatMap(RoleState.CommitWait::longest).filter(seen -> seen.compareTo(policy.staleAfter()) > 0);
        if (longest.isEmpty() || evidence.standing() == WriteEvidence.Standing.FAILING) {
            return;
        }
        boolean acked = evidence.standing() == WriteEvidence.Standing.SHOWN;
        findings.add(
                acked ? FindingKind.COMMITS_WAITING : FindingKind.WRITES_FAILING,
                SUBJECT,
                wait.get().waiting() + " commits wait for a synchronous standby, one for at least "
                        + Figures.seconds(longest.get()),
                Figures.seconds(policy.staleAfter()));
    }
}

package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From observations to what they mean. A function of the previous assessment and the round; it keeps no state. */
public final class Assessor {

    private final AssessmentPolicy policy;

    public Assessor(AssessmentPolicy policy) {
        this.policy = policy;
    }

    /** The assessment to begin with. */
    public Assessment begin(ObservationRound round) {
        Targets targets = Targets.unobserved(round);
        ClusterView cluster =
                ClusterAssembly.unobserved(targets.members(), targets.writeEndpoint(), Silence.of(policy));
        return Assessment.unobserved(round, targets, cluster);
    }

    /** What the round means, given what was believed before. */
    public Assessment assess(Assessment previous, ObservationRound round) {
        Moment now = round.at();
        Optional<Failure> ownDelay = round.ownDelay(policy.staleAfter());
        Targets targets = previous.targets().next(round, target -> next(target, round, ownDelay));
        Optional<OwnDelay> delayed = OwnDelay.next(previous.ownDelay(), ownDelay, now, policy.staleAfter());
        Target liveness = targets.api(ApiCheck.LIVENESS);
        Target readiness = targets.api(ApiCheck.READINESS);
        Target endpoint = targets.writeEndpoint();
        ClusterView cluster = ClusterAssembly.next(targets.members(), endpoint, Silence.of(policy), previous.cluster());

        Optional<KubernetesView> kubernetes = KubernetesView.of(round, policy.kubernetes());
        Findings found = new Findings(now);
        ApiRules.check(liveness, readiness, found);
        Declared declared = kubernetes.map(KubernetesView::declared).orElse(Declared.NOTHING);
        WriteEvidence writes = writes(previous.writes(), round, cluster);
        MissingStandbys missing = previous.missing().next(cluster);
        WritePathRules.check(endpoint, cluster, writes, declared, found);
        if (!declared.stopped()) {
            CommitRules.check(endpoint, writes, missing, cluster, policy, found);
        }
        boolean wasSplit =
                previous.findings().stream().anyMatch(finding -> finding.kind() == FindingKind.TWO_PRIMARIES);
        ClusterRules.check(cluster, wasSplit, declared, found);
        for (MemberView member : cluster.members()) {
            MemberRules.check(member, cluster, declared, policy, found);
            StandbyRules.check(member, cluster, policy, found);
        }
        ObservationRules.check(round, delayed, found);
        kubernetes.ifPresent(view ->
                KubernetesRules.check(view, round.leadership(), cluster, found.found(), policy.kubernetes(), found));
        List<Finding> findings = found.since(previous.findings());

        Map<Scope, Status> statuses = statuses(findings, targets, kubernetes.isPresent());
        WritePath writePath = previous.writePath().next(statuses.getOrDefault(Scope.DATABASE, Status.UNKNOWN), now);
        return new Assessment(
                now,
                targets,
                cluster,
                kubernetes,
                findings,
                statuses,
                writePath,
                writes,
                missing,
                delayed,
                round.complete()
                        ? policy.readiness().decide(liveness, readiness, hidden(endpoint, writes), writePath, now)
                        : Readiness.notTriedYet());
    }

    private WriteEvidence writes(WriteEvidence before, ObservationRound round, ClusterView cluster) {
        boolean readOnly =
                cluster.writeEndpoint().filter(answer -> answer.readOnly()).isPresent();
        return before.next(round.heartbeat(), readOnly, round.at(), policy.hysteresis(), policy.heartbeatStaleAfter());
    }

    private static Map<Scope, Status> statuses(List<Finding> findings, Targets targets, boolean inKubernetes) {
        Map<Scope, Status> statuses = new EnumMap<>(Scope.class);
        for (Scope scope : Scope.values()) {
            if (scope != Scope.KUBERNETES || inKubernetes) {
                statuses.put(scope, worst(scope, findings, targets.of(scope)));
            }
        }
        return statuses;
    }

    /** Why the write path may well work though it isn't known to: a fault of ours alone hides it. */
    private static Optional<String> hidden(Target endpoint, WriteEvidence writes) {
        if (TargetRules.hiddenByUs(endpoint)) {
            return Optional.of(TargetRules.why(endpoint));
        }
        boolean unclear = writes.standing() == WriteEvidence.Standing.UNCLEAR
                && endpoint.status().usable();
        return unclear ? writes.failure().map(TargetRules::text) : Optional.empty();
    }

    private Target next(Target target, ObservationRound round, Optional<Failure> ownDelay) {
        boolean seldom = target.id().equals(ApiCheck.READINESS.target());
        Duration staleAfter = seldom ? policy.apiReadinessStaleAfter() : policy.staleAfter();
        return target.next(round.of(target.id()), round.at(), policy.hysteresis(), staleAfter, ownDelay);
    }

    /**
     * The worst of what was found on a scope and of what its targets are. A target that is down has a finding, which
     * weighs it: one dead standby doesn't make replication dead.
     */
    private static Status worst(Scope scope, List<Finding> findings, Collection<Target> targets) {
        Status worst = Status.UP;
        for (Target target : targets) {
            worst = worst.or(target.status() == Status.DOWN ? Status.UP : target.status());
        }
        for (Finding finding : findings) {
            worst = finding.kind().scope() == scope ? worst.or(finding.kind().impact()) : worst;
        }
        return worst;
    }
}

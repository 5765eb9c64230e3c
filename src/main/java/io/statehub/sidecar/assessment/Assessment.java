package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.time.Moment;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one round of observations means, and all that the next assessment needs to remember.
 *
 * @param at as of when
 * @param targets everything that is watched, with what is believed of it
 * @param cluster the cluster as one thing
 * @param kubernetes what Kubernetes says, joined; empty where it isn't asked
 * @param findings everything that is not as it should be
 * @param statuses one for each scope that is judged
 * @param writePath the write path over time
 * @param writes what heartbeats show of it
 * @param missing that standbys are missing which commits wait for
 * @param ownDelay that this process was too late of late to hear what it asked; empty while it is punctual
 * @param readiness whether the pod should take traffic
 */
public record Assessment(
        Moment at,
        Targets targets,
        ClusterView cluster,
        Optional<KubernetesView> kubernetes,
        List<Finding> findings,
        Map<Scope, Status> statuses,
        WritePath writePath,
        WriteEvidence writes,
        MissingStandbys missing,
        Optional<OwnDelay> ownDelay,
        Readiness readiness) {

    public Assessment {
        findings = List.copyOf(findings);
        statuses = Map.copyOf(statuses);
    }

    /** Before anything was observed: nothing is known. */
    static Assessment unobserved(ObservationRound round, Targets targets, ClusterView cluster) {
        Map<Scope, Status> statuses = new EnumMap<>(Scope.class);
        for (Scope scope : Scope.values()) {
            if (scope != Scope.KUBERNETES) {
                statuses.put(scope, Status.UNKNOWN);
            }
        }
        return new Assessment(
                round.at(),
                targets,
                cluster,
                Optional.empty(),
                List.of(),
                statuses,
                WritePath.unobserved(),
                WriteEvidence.none(),
                MissingStandbys.none(),
                Optional.empty(),
                Readiness.notTriedYet());
    }

    public Status status(Scope scope) {
        return statuses.getOrDefault(scope, Status.UNKNOWN);
    }

    /** The scopes that are judged, in their order: that of Kubernetes only where it is asked. */
    public List<Scope> scopes() {
        return statuses.keySet().stream().sorted().toList();
    }

    /** Whether writes are taken behind the write endpoint, by what was shown; empty if that is not known. */
    public Optional<Boolean> writable() {
        if (writes.standing() == WriteEvidence.Standing.UNCLEAR) {
            return Optional.empty();
        }
        boolean hanging = findings.stream()
                .anyMatch(finding -> finding.kind() == FindingKind.WRITES_FAILING
                        || finding.kind() == FindingKind.SYNC_STANDBYS_MISSING);
        return cluster.writeEndpoint().map(answer -> answer.writable() && !hanging);
    }

    /** The worst of all statuses. */
    public Status verdict() {
        return statuses.values().stream().reduce(Status.UP, Status::or);
    }

    /** What was found on one scope. */
    public List<Finding> findings(Scope scope) {
        return findings.stream()
                .filter(finding -> finding.kind().scope() == scope)
                .toList();
    }
}

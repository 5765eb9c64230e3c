package io.statehub.sidecar.headline;

import static io.statehub.sidecar.assessment.FindingKind.API_DOWN;
import static io.statehub.sidecar.assessment.FindingKind.API_NOT_READY;
import static io.statehub.sidecar.assessment.FindingKind.API_PODS_NOT_READY;
import static io.statehub.sidecar.assessment.FindingKind.API_UNSEEN;
import static io.statehub.sidecar.assessment.FindingKind.ARCHIVING_FAILING;
import static io.statehub.sidecar.assessment.FindingKind.BACKUP_FAILING;
import static io.statehub.sidecar.assessment.FindingKind.BACKUP_NOT_SCHEDULED;
import static io.statehub.sidecar.assessment.FindingKind.BACKUP_TOO_OLD;
import static io.statehub.sidecar.assessment.FindingKind.COMMITS_WAITING;
import static io.statehub.sidecar.assessment.FindingKind.DIVERGED_TIMELINE;
import static io.statehub.sidecar.assessment.FindingKind.FEWER_NODES_THAN_INSTANCES;
import static io.statehub.sidecar.assessment.FindingKind.INSTANCES_NOT_READY;
import static io.statehub.sidecar.assessment.FindingKind.LEASE_UNKNOWN;
import static io.statehub.sidecar.assessment.FindingKind.MEMBER_DOWN;
import static io.statehub.sidecar.assessment.FindingKind.MEMBER_UNSEEN;
import static io.statehub.sidecar.assessment.FindingKind.NODE_NOT_READY;
import static io.statehub.sidecar.assessment.FindingKind.NODE_UNKNOWN;
import static io.statehub.sidecar.assessment.FindingKind.NOT_REDUNDANT;
import static io.statehub.sidecar.assessment.FindingKind.NO_NEW_SESSIONS;
import static io.statehub.sidecar.assessment.FindingKind.NO_PRIMARY;
import static io.statehub.sidecar.assessment.FindingKind.OPERATOR_ARCHIVING_FAILING;
import static io.statehub.sidecar.assessment.FindingKind.OPERATOR_NOT_HEALTHY;
import static io.statehub.sidecar.assessment.FindingKind.OPERATOR_OVERLOOKS;
import static io.statehub.sidecar.assessment.FindingKind.OPERATOR_PRIMARY_DIFFERS;
import static io.statehub.sidecar.assessment.FindingKind.OWN_PROCESS_LATE;
import static io.statehub.sidecar.assessment.FindingKind.PRIMARY_CHANGING;
import static io.statehub.sidecar.assessment.FindingKind.PRIMARY_ON_UNREADY_NODE;
import static io.statehub.sidecar.assessment.FindingKind.PRIMARY_UNKNOWN;
import static io.statehub.sidecar.assessment.FindingKind.REPLAY_PAUSED;
import static io.statehub.sidecar.assessment.FindingKind.RESOURCE_UNREACHABLE;
import static io.statehub.sidecar.assessment.FindingKind.SILENT_STREAM;
import static io.statehub.sidecar.assessment.FindingKind.STANDBY_LAGGING;
import static io.statehub.sidecar.assessment.FindingKind.STANDBY_NOT_STREAMING;
import static io.statehub.sidecar.assessment.FindingKind.STANDBY_STALE;
import static io.statehub.sidecar.assessment.FindingKind.SYNC_NO_SPARE;
import static io.statehub.sidecar.assessment.FindingKind.SYNC_STANDBYS_MISSING;
import static io.statehub.sidecar.assessment.FindingKind.TWO_PRIMARIES;
import static io.statehub.sidecar.assessment.FindingKind.VOLUME_FAULTED;
import static io.statehub.sidecar.assessment.FindingKind.VOLUME_NOT_REDUNDANT;
import static io.statehub.sidecar.assessment.FindingKind.WATCH_STALE;
import static io.statehub.sidecar.assessment.FindingKind.WRITES_FAILING;
import static io.statehub.sidecar.assessment.FindingKind.WRITES_UNCONFIRMED;
import static io.statehub.sidecar.assessment.FindingKind.WRITE_ENDPOINT_DOWN;
import static io.statehub.sidecar.assessment.FindingKind.WRITE_ENDPOINT_READ_ONLY;
import static io.statehub.sidecar.assessment.FindingKind.WRITE_ENDPOINT_UNSEEN;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which findings follow from which: mended with their cause, and no news beside it. */
public final class Consequences {

    private static final Set<FindingKind> OF_A_LOST_NODE = Set.of(NODE_NOT_READY, NODE_UNKNOWN);

    private static final Set<FindingKind> OF_WRITES = Set.of(
            WRITES_FAILING, WRITES_UNCONFIRMED, NO_NEW_SESSIONS, COMMITS_WAITING, API_NOT_READY, API_PODS_NOT_READY);

    private static final Set<FindingKind> OF_NO_PRIMARY = Set.of(
            WRITE_ENDPOINT_DOWN,
            WRITE_ENDPOINT_READ_ONLY,
            WRITES_FAILING,
            WRITES_UNCONFIRMED,
            NO_NEW_SESSIONS,
            COMMITS_WAITING,
            API_NOT_READY,
            API_PODS_NOT_READY,
            STANDBY_NOT_STREAMING,
            SILENT_STREAM,
            STANDBY_STALE,
            NOT_REDUNDANT,
            SYNC_NO_SPARE,
            PRIMARY_CHANGING,
            INSTANCES_NOT_READY,
            OPERATOR_NOT_HEALTHY,
            OPERATOR_OVERLOOKS);

    /**
     * Of several causes the first counts; none stands below one of its own consequences, so that there is no circle.
     */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    OWN_PROCESS_LATE,
                    false,
                    Set.of(API_UNSEEN, WRITE_ENDPOINT_UNSEEN, MEMBER_UNSEEN, WRITES_UNCONFIRMED, PRIMARY_UNKNOWN)),
            new Rule(
                    TWO_PRIMARIES,
                    false,
                    Set.of(
                            DIVERGED_TIMELINE,
                            NOT_REDUNDANT,
                            STANDBY_NOT_STREAMING,
                            SYNC_NO_SPARE,
                            OPERATOR_PRIMARY_DIFFERS,
                            OPERATOR_OVERLOOKS)),
            new Rule(NO_PRIMARY, false, OF_NO_PRIMARY),
            new Rule(PRIMARY_UNKNOWN, false, OF_NO_PRIMARY),
            new Rule(SYNC_STANDBYS_MISSING, false, OF_WRITES),
            new Rule(WRITE_ENDPOINT_DOWN, false, OF_WRITES),
            new Rule(WRITE_ENDPOINT_READ_ONLY, false, OF_WRITES),
            new Rule(WRITES_FAILING, false, Set.of(COMMITS_WAITING, API_NOT_READY, API_PODS_NOT_READY)),
            new Rule(API_DOWN, false, Set.of(API_PODS_NOT_READY)),
            new Rule(API_NOT_READY, false, Set.of(API_PODS_NOT_READY)),
            new Rule(DIVERGED_TIMELINE, true, Set.of(STANDBY_NOT_STREAMING, STANDBY_STALE, STANDBY_LAGGING)),
            new Rule(
                    MEMBER_DOWN,
                    false,
                    Set.of(
                            NOT_REDUNDANT,
                            SYNC_NO_SPARE,
                            INSTANCES_NOT_READY,
                            OPERATOR_NOT_HEALTHY,
                            OPERATOR_OVERLOOKS)),
            new Rule(STANDBY_NOT_STREAMING, true, Set.of(SILENT_STREAM, STANDBY_STALE, STANDBY_LAGGING)),
            new Rule(STANDBY_NOT_STREAMING, false, Set.of(NOT_REDUNDANT, SYNC_NO_SPARE, OPERATOR_OVERLOOKS)),
            new Rule(SILENT_STREAM, true, Set.of(STANDBY_STALE)),
            new Rule(REPLAY_PAUSED, true, Set.of(STANDBY_STALE, STANDBY_LAGGING)),
            new Rule(NODE_NOT_READY, false, Set.of(PRIMARY_ON_UNREADY_NODE, FEWER_NODES_THAN_INSTANCES)),
            new Rule(NODE_UNKNOWN, false, Set.of(PRIMARY_ON_UNREADY_NODE, FEWER_NODES_THAN_INSTANCES)),
            new Rule(VOLUME_FAULTED, true, Set.of(VOLUME_NOT_REDUNDANT)),
            new Rule(RESOURCE_UNREACHABLE, false, Set.of(LEASE_UNKNOWN, WATCH_STALE)),
            new Rule(ARCHIVING_FAILING, false, Set.of(OPERATOR_ARCHIVING_FAILING)),
            new Rule(BACKUP_NOT_SCHEDULED, false, Set.of(BACKUP_TOO_OLD)),
            new Rule(BACKUP_FAILING, false, Set.of(BACKUP_TOO_OLD)));

    private Consequences() {}

    /** @param sameSubject whether only what is found on the subject of the cause follows from it */
    private record Rule(FindingKind cause, boolean sameSubject, Set<FindingKind> consequences) {

        private Optional<Finding> causeOf(Finding finding, List<Finding> all) {
            return consequences.contains(finding.kind())
                    ? all.stream()
                            .filter(other -> other.kind() == cause)
                            .filter(other -> !sameSubject || other.subject().equals(finding.subject()))
                            .findFirst()
                    : Optional.empty();
        }
    }

    /** What a finding follows from in the end, among all that were found; empty if it stands for itself. */
    public static Optional<Finding> rootOf(Finding finding, Assessment assessment) {
        return rootOf(finding, assessment.findings(), nodes(assessment));
    }

    /** The name of the node that a member is placed on, where that is known. */
    static Function<String, Optional<String>> nodes(Assessment assessment) {
        return member ->
                assessment.kubernetes().flatMap(view -> view.nodeOf(member)).map(NodeState::name);
    }

    static Optional<Finding> rootOf(Finding finding, List<Finding> all, Function<String, Optional<String>> nodes) {
        Optional<Finding> root = Optional.empty();
        Optional<Finding> next = causeOf(finding, all, nodes);
        while (next.isPresent()) {
            root = next;
            next = causeOf(next.get(), all, nodes);
        }
        return root;
    }

    private static Optional<Finding> causeOf(
            Finding finding, List<Finding> all, Function<String, Optional<String>> nodes) {
        return RULES.stream()
                .flatMap(rule -> rule.causeOf(finding, all).stream())
                .findFirst()
                .or(() -> lostNodeOf(finding, all, nodes));
    }

    /** A member that is down because its node is; on a node that is sound it is down by itself. */
    private static Optional<Finding> lostNodeOf(
            Finding finding, List<Finding> all, Function<String, Optional<String>> nodes) {
        return finding.kind() == MEMBER_DOWN
                ? nodes.apply(finding.subject())
                        .flatMap(node -> all.stream()
                                .filter(other -> OF_A_LOST_NODE.contains(other.kind()))
                                .filter(other -> other.subject().equals(Finding.onNode(node)))
                                .findFirst())
                : Optional.empty();
    }
}

package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.assessment.FindingKind.Allowance.A_FIGURE;
import static io.statehub.sidecar.assessment.FindingKind.Allowance.OBVIOUS;
import static io.statehub.sidecar.assessment.Scope.API;
import static io.statehub.sidecar.assessment.Scope.DATABASE;
import static io.statehub.sidecar.assessment.Scope.KUBERNETES;
import static io.statehub.sidecar.assessment.Scope.OBSERVATION;
import static io.statehub.sidecar.assessment.Scope.REPLICATION;
import static io.statehub.sidecar.assessment.Status.DEGRADED;
import static io.statehub.sidecar.assessment.Status.DOWN;
import static io.statehub.sidecar.assessment.Status.UNKNOWN;
import static io.statehub.sidecar.assessment.Status.UP;

import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be found wrong, and what there is to say of it: the table in {@code docs/findings.md}, the page,
 * the terminal and {@code /status} are made from here. A closed list: a metric label and a word in alerts.
 */
public enum FindingKind {
    API_DOWN(API, DOWN, "API down", "The API doesn't answer on its liveness path.", "StateHubApiDown"),
    API_NOT_READY(API, DEGRADED, "API not ready", "The API answers, but not on its readiness path.", "StateHubApiDown"),
    API_UNSEEN(
            API, UNKNOWN, "API not visible", "A fault of ours keeps us from seeing the API.", "StateHubStatusUnknown"),
    WRITE_ENDPOINT_DOWN(
            DATABASE,
            DOWN,
            "Write endpoint down",
            "Nothing answers behind the write endpoint.",
            "StateHubFailoverTooLong"),
    WRITES_STOPPED_BY_DESIGN(
            DATABASE,
            DOWN,
            "Writes stopped, as declared",
            "Nothing can be written because the cluster, or its primary, is declared to be stopped.",
            "StateHubFailoverTooLong"),
    WRITE_ENDPOINT_READ_ONLY(
            DATABASE,
            DOWN,
            "Write endpoint read-only",
            "A server answers behind the write endpoint and doesn't take writes.",
            "StateHubFailoverTooLong"),
    WRITE_ENDPOINT_MISROUTED(
            DATABASE,
            DOWN,
            "Writes go to a stale primary",
            "The writes go to a primary that another one has taken over from: they will be lost.",
            "StateHubWritesMisrouted"),
    WRITE_ENDPOINT_UNSEEN(
            DATABASE,
            UNKNOWN,
            "Write endpoint not visible",
            "A fault of ours, such as a wrong password, keeps us from seeing the write endpoint.",
            "StateHubStatusUnknown"),
    NO_NEW_SESSIONS(
            DATABASE,
            DEGRADED,
            "No new sessions",
            "Nobody gets a new session behind the write endpoint, while those that are open work.",
            "StateHubFailoverTooLong"),
    WRITES_FAILING(
            DATABASE,
            DOWN,
            "Writes fail",
            "A server answers behind the write endpoint, and writes fail or are not confirmed.",
            "StateHubFailoverTooLong"),
    WRITES_UNCONFIRMED(
            DATABASE,
            UNKNOWN,
            "Writes not confirmed",
            "Writes are not shown to work, for a reason that may be ours alone.",
            "StateHubStatusUnknown"),
    SYNC_STANDBYS_MISSING(
            DATABASE,
            DOWN,
            "Synchronous standbys missing",
            "Commits wait for synchronous standbys that aren't there: no write succeeds.",
            "StateHubFailoverTooLong"),
    COMMITS_WAITING(
            DATABASE,
            DEGRADED,
            "Commits wait",
            "Commits of others wait for a synchronous standby for too long, while ours are confirmed.",
            "StateHubNotRedundant"),
    SYNC_NO_SPARE(
            REPLICATION,
            DEGRADED,
            "No synchronous standby to spare",
            "One more loss would stop all writes: there is no synchronous standby to spare.",
            "StateHubNotRedundant"),
    SYNC_NO_SPARE_BY_DESIGN(
            REPLICATION,
            UP,
            "No synchronous standby to spare, as configured",
            "One loss would stop all writes, as configured: every standby must confirm."),
    DELAYED_BY_DESIGN(
            REPLICATION, UP, "Delayed standby, as configured", "A standby replays late because it is configured to."),
    ARCHIVE_ONLY_BY_DESIGN(
            REPLICATION,
            UP,
            "Fed from the archive, as configured",
            "A standby replays what was archived and receives no stream, because it is configured to."),
    NO_PRIMARY(REPLICATION, DOWN, "No primary", "No member is out of recovery.", "StateHubNoPrimary"),
    PRIMARY_UNKNOWN(
            REPLICATION,
            UNKNOWN,
            "Primary unknown",
            "No member is known to be out of recovery, and not all of them are visible.",
            "StateHubNoPrimary"),
    TWO_PRIMARIES(
            REPLICATION,
            DOWN,
            "Split brain",
            "Two members of one cluster are out of recovery: split brain.",
            "StateHubSplitBrain"),
    PRIMARY_FATE_UNKNOWN(
            REPLICATION,
            UNKNOWN,
            "Former primary's state unknown",
            "A member that led when it was seen last is out of sight while another one leads: it may still take"
                    + " writes.",
            "StateHubSplitBrain"),
    FOLLOWS_OUTSIDE_PRIMARY(
            REPLICATION,
            UP,
            "Follows an outside primary",
            "No member is out of recovery by design: the cluster follows a primary that is not a member."),
    MEMBER_STOPPED_BY_DESIGN(
            REPLICATION,
            UP,
            "Member stopped, as declared",
            "A member doesn't answer because it, or its node, is declared to be stopped."),
    MEMBER_DOWN(REPLICATION, DEGRADED, "Member down", "A member doesn't answer.", "StateHubMemberDown"),
    MEMBER_UNSEEN(
            REPLICATION,
            UNKNOWN,
            "Member not visible",
            "A fault of ours keeps us from seeing a member.",
            "StateHubStatusUnknown"),
    MEMBER_NAME_ASTRAY(
            REPLICATION,
            UNKNOWN,
            "Member's name leads elsewhere",
            "A member's name leads to the server of another member, so nothing is known of its own.",
            "StateHubStatusUnknown"),
    NO_PERMISSION(
            REPLICATION,
            UNKNOWN,
            "Statistics hidden",
            "A member shows no replication statistics to our role, so nothing is known of its replication.",
            "StateHubReplicationLagUnknown"),
    WRONG_SYSTEM_IDENTIFIER(
            REPLICATION,
            DOWN,
            "Member of another cluster",
            "A member belongs to another cluster.",
            "StateHubMemberDown",
            A_FIGURE),
    NOT_REDUNDANT(
            REPLICATION,
            DEGRADED,
            "Not redundant",
            "No standby streams: the next fault loses the database.",
            "StateHubNotRedundant"),
    STANDBY_NOT_STREAMING(
            REPLICATION,
            DEGRADED,
            "Standby not streaming",
            "A standby has no WAL receiver that streams.",
            "StateHubStandbyNotStreaming"),
    DIVERGED_TIMELINE(
            REPLICATION,
            DEGRADED,
            "Standby on another timeline",
            "A standby follows a timeline other than the primary's.",
            "StateHubStandbyNotStreaming",
            A_FIGURE),
    STANDBY_LAGGING(
            REPLICATION,
            DEGRADED,
            "Standby lagging",
            "A standby has too much WAL left to replay.",
            "StateHubReplicationLagBytes",
            A_FIGURE),
    STANDBY_STALE(
            REPLICATION,
            DEGRADED,
            "Standby stale",
            "A standby's newest data is too old.",
            "StateHubReplicationStale",
            A_FIGURE),
    SILENT_STREAM(
            REPLICATION,
            DEGRADED,
            "Silent stream",
            "A WAL receiver streams, but hears nothing.",
            "StateHubStandbyNotStreaming",
            A_FIGURE),
    REPLAY_PAUSED(REPLICATION, DEGRADED, "Replay paused", "Replay is paused.", "StateHubReplayPaused"),
    SLOT_RETENTION(
            REPLICATION,
            DEGRADED,
            "Slot retains too much",
            "A replication slot keeps too much WAL from being removed.",
            "StateHubSlotRetention",
            A_FIGURE),
    SLOT_LOST(
            REPLICATION,
            DEGRADED,
            "Slot lost",
            "A replication slot has lost the WAL that it should have kept.",
            "StateHubSlotRetention"),
    ARCHIVING_FAILING(
            REPLICATION,
            DEGRADED,
            "Archiving fails",
            "The primary fails to archive its WAL.",
            "StateHubArchiveFailing"),
    HEARTBEAT_NOT_PERMITTED(
            OBSERVATION,
            DEGRADED,
            "Heartbeats not permitted",
            "Heartbeats cannot be written, for lack of rights or of their schema: outages are measured less"
                    + " exactly, losses not at all.",
            "StateHubHeartbeatNotPermitted"),
    HEARTBEAT_WRITER_TAKEN(
            OBSERVATION,
            DEGRADED,
            "Heartbeat writer's name taken",
            "Another process writes heartbeats under our name.",
            "StateHubHeartbeatNotPermitted"),
    JOURNAL_FAILING(
            OBSERVATION,
            DEGRADED,
            "Journal fails",
            "What is recorded of failovers would not survive a restart.",
            "StateHubJournalFailing"),
    OWN_PROCESS_LATE(
            OBSERVATION,
            DEGRADED,
            "Sidecar stopped or starved",
            "This process is stopped or starved at times: what it misses in the meantime is blamed on nobody.",
            "StateHubSidecarStale"),
    NO_SESSION_FOR_US(
            OBSERVATION,
            DEGRADED,
            "No new session for us",
            "We get no new session behind the write endpoint, for a reason that may be ours alone; the open one works.",
            "StateHubStatusUnknown"),
    LEASE_UNKNOWN(OBSERVATION, DEGRADED, "Leader unknown", "Which sidecar leads is unknown.", "StateHubNoLeader"),
    MEMBERS_UNKNOWN(
            REPLICATION,
            UNKNOWN,
            "Members unknown",
            "Which members the cluster has is not known yet.",
            "StateHubStatusUnknown"),
    RESOURCE_UNREACHABLE(
            KUBERNETES,
            UNKNOWN,
            "Kubernetes API unreachable",
            "The API server gives no answer about a kind of object.",
            "StateHubStatusUnknown"),
    RESOURCE_FORBIDDEN(
            KUBERNETES,
            UNKNOWN,
            "Kubernetes API forbidden",
            "The API server doesn't let us see a kind of object.",
            "StateHubStatusUnknown"),
    RESOURCE_ABSENT(
            KUBERNETES,
            UNKNOWN,
            "Kind of object absent",
            "The API server knows no such kind of object.",
            "StateHubStatusUnknown"),
    WATCH_STALE(
            KUBERNETES,
            UNKNOWN,
            "Watch stale",
            "A watch has been broken for too long for its last news to be believed.",
            "StateHubStatusUnknown",
            A_FIGURE),
    OBJECT_MALFORMED(
            KUBERNETES,
            UNKNOWN,
            "Object malformed",
            "Objects have a form that cannot be read.",
            "StateHubStatusUnknown"),
    NODE_NOT_READY(KUBERNETES, DEGRADED, "Node not ready", "A node says that it is not ready.", "StateHubNodeNotReady"),
    NODE_UNKNOWN(
            KUBERNETES, UNKNOWN, "Node status unknown", "Whether a node is ready is unknown.", "StateHubNodeNotReady"),
    NODE_PRESSURE(
            KUBERNETES,
            DEGRADED,
            "Node under pressure",
            "A node is short of memory, disk, process numbers or network.",
            "StateHubNodeNotReady"),
    FEWER_NODES_THAN_INSTANCES(
            KUBERNETES,
            DEGRADED,
            "Fewer nodes than instances",
            "There are fewer usable nodes than instances: two would share one.",
            "StateHubNodeNotReady"),
    INSTANCES_SHARE_NODE(
            KUBERNETES,
            DEGRADED,
            "Instances share a node",
            "Two instances are on one node: its loss takes both.",
            "StateHubNodeNotReady"),
    PRIMARY_ON_UNREADY_NODE(
            KUBERNETES,
            DEGRADED,
            "Primary on an unready node",
            "The primary is on a node that is not known to be ready.",
            "StateHubNodeNotReady"),
    API_PODS_NOT_READY(KUBERNETES, DEGRADED, "API pods not ready", "Pods of the API are not ready.", "StateHubApiDown"),
    OPERATOR_CLUSTER_MISSING(
            KUBERNETES,
            UNKNOWN,
            "Cluster object missing",
            "There is no cnpg cluster of the configured name.",
            "StateHubStatusUnknown"),
    OPERATOR_NOT_HEALTHY(
            KUBERNETES,
            DEGRADED,
            "Operator: not healthy",
            "The operator doesn't call the cluster healthy.",
            "StateHubOperatorStuck"),
    OPERATOR_PHASE_UNKNOWN(
            KUBERNETES,
            UNKNOWN,
            "Operator: unknown phase",
            "The operator's word for the cluster is one that we don't know.",
            "StateHubOperatorStuck"),
    INSTANCES_NOT_READY(
            KUBERNETES,
            DEGRADED,
            "Operator: instances not ready",
            "The operator counts fewer ready instances than there should be.",
            "StateHubMemberDown",
            A_FIGURE),
    PRIMARY_CHANGING(
            KUBERNETES,
            DEGRADED,
            "Operator: changing the primary",
            "The operator is changing the primary.",
            "StateHubNoPrimary"),
    OPERATOR_PRIMARY_DIFFERS(
            KUBERNETES,
            DEGRADED,
            "Operator: another primary",
            "The operator's primary is not the member that is out of recovery.",
            "StateHubSplitBrain"),
    OPERATOR_CONTRADICTS_ITSELF(
            KUBERNETES,
            DEGRADED,
            "Operator: contradicts itself",
            "The operator calls the cluster healthy, and says that it is not ready.",
            "StateHubOperatorStuck"),
    OPERATOR_OVERLOOKS(
            KUBERNETES,
            DEGRADED,
            "Operator: overlooks a fault",
            "The operator calls healthy what the members say is not.",
            "StateHubOperatorStuck"),
    OPERATOR_ARCHIVING_FAILING(
            KUBERNETES,
            DEGRADED,
            "Operator: archiving fails",
            "The operator says that archiving fails.",
            "StateHubArchiveFailing"),
    OPERATOR_SYSTEM_ID(
            KUBERNETES,
            DEGRADED,
            "Operator: different systems",
            "The operator says that the instances are not all of one system.",
            "StateHubOperatorStuck"),
    REPLICA_CLUSTER(
            KUBERNETES,
            UP,
            "Replica cluster, as declared",
            "The cluster is declared to be a replica of another system."),
    CLUSTER_HIBERNATED(KUBERNETES, UP, "Hibernated, as declared", "The cluster is stopped because that is declared."),
    INSTANCES_FENCED(KUBERNETES, UP, "Fenced, as declared", "Instances are stopped because that is declared."),
    NODE_MAINTENANCE(KUBERNETES, UP, "Node maintenance, as declared", "A node is declared to be under maintenance."),
    MAJOR_UPGRADE(
            KUBERNETES, UP, "Major upgrade, as declared", "PostgreSQL is being upgraded to another major version."),
    VOLUME_FAULTED(
            KUBERNETES,
            DEGRADED,
            "Volume faulted",
            "No replica of a volume is usable any more: the instance that lives on it is lost.",
            "StateHubVolumeFaulted"),
    VOLUME_DEGRADED(
            KUBERNETES, DEGRADED, "Volume degraded", "Longhorn calls a volume degraded.", "StateHubVolumeDegraded"),
    VOLUME_UNKNOWN(
            KUBERNETES,
            UNKNOWN,
            "Volume status unknown",
            "Whether a volume is redundant is unknown.",
            "StateHubVolumeUnknown"),
    VOLUME_NOT_REDUNDANT(
            KUBERNETES,
            DEGRADED,
            "Volume not redundant",
            "A volume has fewer whole replicas than it should, whatever it is called.",
            "StateHubVolumeDegraded",
            A_FIGURE),
    REPLICAS_SHARE_NODE(
            KUBERNETES,
            DEGRADED,
            "Volume replicas share a node",
            "Two replicas of a volume are on one node: its loss takes both.",
            "StateHubVolumeDegraded"),
    BACKUP_TOO_OLD(
            KUBERNETES,
            DEGRADED,
            "Backup too old",
            "There is no good backup that is recent enough.",
            "StateHubBackupTooOld",
            A_FIGURE),
    BACKUP_FAILING(KUBERNETES, DEGRADED, "Backup failed", "The last backup failed.", "StateHubBackupTooOld"),
    BACKUP_NOT_SCHEDULED(
            KUBERNETES, DEGRADED, "No backup scheduled", "No backup is scheduled.", "StateHubBackupTooOld"),
    RESTORE_NOT_VERIFIED(
            KUBERNETES,
            DEGRADED,
            "Restore not verified",
            "No restore has been verified, or not for too long.",
            "StateHubRestoreNotVerified",
            A_FIGURE);

    private final Scope scope;
    private final Status impact;
    private final String title;
    private final String meaning;
    private final Optional<String> runbook;
    private final Allowance allowance;

    /** What has to be said of what is allowed, for what is measured to mean something. */
    enum Allowance {
        /** Nothing: everybody knows what should be, such as an answer. */
        OBVIOUS,
        /** The figure beside which it was measured. */
        A_FIGURE
    }

    /** Something that somebody wants, where nothing is to be done. */
    FindingKind(Scope scope, Status impact, String title, String meaning) {
        this(scope, impact, title, meaning, Optional.empty(), OBVIOUS);
    }

    FindingKind(Scope scope, Status impact, String title, String meaning, String runbook) {
        this(scope, impact, title, meaning, runbook, OBVIOUS);
    }

    FindingKind(Scope scope, Status impact, String title, String meaning, String runbook, Allowance allowance) {
        this(scope, impact, title, meaning, Optional.of(runbook), allowance);
    }

    FindingKind(
            Scope scope, Status impact, String title, String meaning, Optional<String> runbook, Allowance allowance) {
        this.scope = scope;
        this.impact = impact;
        this.title = title;
        this.meaning = meaning;
        this.runbook = runbook;
        this.allowance = allowance;
    }

    /** What it is a finding on. */
    public Scope scope() {
        return scope;
    }

    /** The best status that its scope can have while it stands. */
    public Status impact() {
        return impact;
    }

    /** A few words for people, such as {@code Standby lagging}. */
    public String title() {
        return title;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** The name of the runbook that helps, which is that of its alert; empty where nothing is to be done. */
    public Optional<String> runbook() {
        return runbook;
    }

    /** Whether what is measured says little without what is allowed, such as 48 MiB of lag. */
    public boolean needsItsBound() {
        return allowance == A_FIGURE;
    }

    /** The name in metrics and JSON, such as {@code standby_lagging}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

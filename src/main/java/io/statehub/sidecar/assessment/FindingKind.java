package io.statehub.sidecar.assessment;

import java.util.Locale;

/** Everything that can be found wrong. A closed list: a metric label, a word in alerts and the name of a runbook. */
public enum FindingKind {
    /** The API doesn't answer on its liveness path. */
    API_DOWN(Scope.API, Status.DOWN),
    /** The API answers, but not on its readiness path. */
    API_NOT_READY(Scope.API, Status.DEGRADED),
    /** A fault of ours keeps us from seeing the API. */
    API_UNSEEN(Scope.API, Status.UNKNOWN),
    /** Nothing answers behind the write endpoint. */
    WRITE_ENDPOINT_DOWN(Scope.DATABASE, Status.DOWN),
    /** A server answers behind the write endpoint and doesn't take writes. */
    WRITE_ENDPOINT_READ_ONLY(Scope.DATABASE, Status.DOWN),
    /** The writes go to a primary that another one has taken over from: they will be lost. */
    WRITE_ENDPOINT_MISROUTED(Scope.DATABASE, Status.DOWN),
    /** A fault of ours, such as a wrong password, keeps us from seeing the write endpoint. */
    WRITE_ENDPOINT_UNSEEN(Scope.DATABASE, Status.UNKNOWN),
    /** No new session is to be had behind the write endpoint, while those that are held work. */
    NO_NEW_SESSIONS(Scope.DATABASE, Status.DEGRADED),
    /** A server answers behind the write endpoint, and writes fail or are not confirmed. */
    WRITES_FAILING(Scope.DATABASE, Status.DOWN),
    /** Writes are not shown to work, for a reason that may be ours alone. */
    WRITES_UNCONFIRMED(Scope.DATABASE, Status.UNKNOWN),
    /** Commits wait for synchronous standbys that aren't there: no write succeeds. */
    SYNC_STANDBYS_MISSING(Scope.DATABASE, Status.DOWN),
    /** Commits of others wait for a synchronous standby for too long, while ours are confirmed. */
    COMMITS_WAITING(Scope.DATABASE, Status.DEGRADED),
    /** One more loss would stop all writes: no synchronous standby is to spare. */
    SYNC_NO_SPARE(Scope.REPLICATION, Status.DEGRADED),
    /** One loss would stop all writes, as it was set: all standbys that there are must confirm. */
    SYNC_NO_SPARE_BY_DESIGN(Scope.REPLICATION, Status.UP),
    /** A standby replays late because it is set so. */
    DELAYED_BY_DESIGN(Scope.REPLICATION, Status.UP),
    /** No member is out of recovery. */
    NO_PRIMARY(Scope.REPLICATION, Status.DOWN),
    /** No member is known to be out of recovery, and not all can be seen. */
    PRIMARY_UNKNOWN(Scope.REPLICATION, Status.UNKNOWN),
    /** Two members of one cluster are out of recovery: split brain. */
    TWO_PRIMARIES(Scope.REPLICATION, Status.DOWN),
    /** A member that led when it was seen last is out of sight while another one leads: it may still take writes. */
    PRIMARY_FATE_UNKNOWN(Scope.REPLICATION, Status.UNKNOWN),
    /** No member is out of recovery by design: the cluster follows a primary that is no member. */
    FOLLOWS_OUTSIDE_PRIMARY(Scope.REPLICATION, Status.UP),
    /** A member doesn't answer. */
    MEMBER_DOWN(Scope.REPLICATION, Status.DEGRADED),
    /** A fault of ours keeps us from seeing a member. */
    MEMBER_UNSEEN(Scope.REPLICATION, Status.UNKNOWN),
    /** A member shows no replication statistics to our role, so nothing is known of its replication. */
    NO_PERMISSION(Scope.REPLICATION, Status.UNKNOWN),
    /** A member belongs to another cluster. */
    WRONG_SYSTEM_IDENTIFIER(Scope.REPLICATION, Status.DOWN),
    /** No standby streams: the next fault loses the database. */
    NOT_REDUNDANT(Scope.REPLICATION, Status.DEGRADED),
    /** A standby has no WAL receiver that streams. */
    STANDBY_NOT_STREAMING(Scope.REPLICATION, Status.DEGRADED),
    /** A standby follows another timeline than the primary writes. */
    DIVERGED_TIMELINE(Scope.REPLICATION, Status.DEGRADED),
    /** A standby has too much log left to replay. */
    STANDBY_LAGGING(Scope.REPLICATION, Status.DEGRADED),
    /** A standby's newest data is too old. */
    STANDBY_STALE(Scope.REPLICATION, Status.DEGRADED),
    /** A WAL receiver streams and hears nothing. */
    SILENT_STREAM(Scope.REPLICATION, Status.DEGRADED),
    /** Replay is paused. */
    REPLAY_PAUSED(Scope.REPLICATION, Status.DEGRADED),
    /** A slot keeps too much log from being removed. */
    SLOT_RETENTION(Scope.REPLICATION, Status.DEGRADED),
    /** A slot has lost the log that it should have kept. */
    SLOT_LOST(Scope.REPLICATION, Status.DEGRADED),
    /** The primary fails to archive its log. */
    ARCHIVING_FAILING(Scope.REPLICATION, Status.DEGRADED),
    /** Heartbeats can't be written for want of rights or of their schema: outages are told less exactly, losses not at all. */
    HEARTBEAT_NOT_PERMITTED(Scope.OBSERVATION, Status.DEGRADED),
    /** Another process writes heartbeats under our name. */
    HEARTBEAT_WRITER_TAKEN(Scope.OBSERVATION, Status.DEGRADED),
    /** What is noted of failovers would not survive a restart. */
    JOURNAL_FAILING(Scope.OBSERVATION, Status.DEGRADED),
    /** This process is stopped or starved at times: what it misses meanwhile is blamed on nobody. */
    OWN_PROCESS_LATE(Scope.OBSERVATION, Status.DEGRADED),
    /** Which sidecar leads can't be learnt. */
    LEASE_UNKNOWN(Scope.OBSERVATION, Status.DEGRADED),

    /** Which members the cluster has is not known yet. */
    MEMBERS_UNKNOWN(Scope.REPLICATION, Status.UNKNOWN),

    /** The API server gives no answer on a kind of object. */
    RESOURCE_UNREACHABLE(Scope.KUBERNETES, Status.UNKNOWN),
    /** The API server doesn't let us see a kind of object. */
    RESOURCE_FORBIDDEN(Scope.KUBERNETES, Status.UNKNOWN),
    /** The API server knows no such kind of object. */
    RESOURCE_ABSENT(Scope.KUBERNETES, Status.UNKNOWN),
    /** A watch is broken for too long for what it told to be believed. */
    WATCH_STALE(Scope.KUBERNETES, Status.UNKNOWN),
    /** Objects have a form that can't be read. */
    OBJECT_MALFORMED(Scope.KUBERNETES, Status.UNKNOWN),
    /** A node says that it isn't ready. */
    NODE_NOT_READY(Scope.KUBERNETES, Status.DEGRADED),
    /** Whether a node is ready can't be told. */
    NODE_UNKNOWN(Scope.KUBERNETES, Status.UNKNOWN),
    /** A node is short of memory, disk, process numbers or network. */
    NODE_PRESSURE(Scope.KUBERNETES, Status.DEGRADED),
    /** There are fewer usable nodes than instances: two would share one. */
    FEWER_NODES_THAN_INSTANCES(Scope.KUBERNETES, Status.DEGRADED),
    /** Two instances are on one node: its loss takes both. */
    INSTANCES_SHARE_NODE(Scope.KUBERNETES, Status.DEGRADED),
    /** The primary is on a node that isn't known to be ready. */
    PRIMARY_ON_UNREADY_NODE(Scope.KUBERNETES, Status.DEGRADED),
    /** Pods of the API are not ready. */
    API_PODS_NOT_READY(Scope.KUBERNETES, Status.DEGRADED),
    /** There is no cnpg cluster of the name that is set. */
    OPERATOR_CLUSTER_MISSING(Scope.KUBERNETES, Status.UNKNOWN),
    /** The operator doesn't call the cluster healthy. */
    OPERATOR_NOT_HEALTHY(Scope.KUBERNETES, Status.DEGRADED),
    /** The operator's word for the cluster is none that we know. */
    OPERATOR_PHASE_UNKNOWN(Scope.KUBERNETES, Status.UNKNOWN),
    /** The operator counts fewer ready instances than there should be. */
    INSTANCES_NOT_READY(Scope.KUBERNETES, Status.DEGRADED),
    /** The operator is changing the primary. */
    PRIMARY_CHANGING(Scope.KUBERNETES, Status.DEGRADED),
    /** The operator's primary is another member than the one out of recovery. */
    OPERATOR_PRIMARY_DIFFERS(Scope.KUBERNETES, Status.DEGRADED),
    /** The operator calls the cluster healthy, and says that it isn't ready. */
    OPERATOR_CONTRADICTS_ITSELF(Scope.KUBERNETES, Status.DEGRADED),
    /** The operator calls healthy what the members say is not. */
    OPERATOR_OVERLOOKS(Scope.KUBERNETES, Status.DEGRADED),
    /** The operator says that archiving fails. */
    OPERATOR_ARCHIVING_FAILING(Scope.KUBERNETES, Status.DEGRADED),
    /** The operator says that the instances are not all of one system. */
    OPERATOR_SYSTEM_ID(Scope.KUBERNETES, Status.DEGRADED),
    /** The cluster is declared the replica of another system. */
    REPLICA_CLUSTER(Scope.KUBERNETES, Status.UP),
    /** The cluster is stopped because that is declared. */
    CLUSTER_HIBERNATED(Scope.KUBERNETES, Status.UP),
    /** Instances stand still because that is declared. */
    INSTANCES_FENCED(Scope.KUBERNETES, Status.UP),
    /** A node is declared to be worked on. */
    NODE_MAINTENANCE(Scope.KUBERNETES, Status.UP),
    /** PostgreSQL is being upgraded to another major version. */
    MAJOR_UPGRADE(Scope.KUBERNETES, Status.UP),
    /** No replica of a volume can be used any more: the instance that lives on it is lost. */
    VOLUME_FAULTED(Scope.KUBERNETES, Status.DEGRADED),
    /** Longhorn calls a volume degraded. */
    VOLUME_DEGRADED(Scope.KUBERNETES, Status.DEGRADED),
    /** How redundant a volume is can't be told. */
    VOLUME_UNKNOWN(Scope.KUBERNETES, Status.UNKNOWN),
    /** A volume has fewer whole replicas than it should, whatever it is called. */
    VOLUME_NOT_REDUNDANT(Scope.KUBERNETES, Status.DEGRADED),
    /** Two replicas of a volume are on one node: its loss takes both. */
    REPLICAS_SHARE_NODE(Scope.KUBERNETES, Status.DEGRADED),
    /** There is no good backup that is young enough. */
    BACKUP_TOO_OLD(Scope.KUBERNETES, Status.DEGRADED),
    /** The last backup failed. */
    BACKUP_FAILING(Scope.KUBERNETES, Status.DEGRADED),
    /** No backup is planned. */
    BACKUP_NOT_SCHEDULED(Scope.KUBERNETES, Status.DEGRADED),
    /** No restore was verified, or not for too long. */
    RESTORE_NOT_VERIFIED(Scope.KUBERNETES, Status.DEGRADED);

    private final Scope scope;
    private final Status impact;

    FindingKind(Scope scope, Status impact) {
        this.scope = scope;
        this.impact = impact;
    }

    /** What it is a finding on. */
    public Scope scope() {
        return scope;
    }

    /** The best status that its scope can have while it stands. */
    public Status impact() {
        return impact;
    }

    /** The name in metrics, JSON and messages, such as {@code standby_lagging}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

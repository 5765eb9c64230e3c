package io.statehub.sidecar.exposure.metrics;

import static io.statehub.sidecar.exposure.metrics.Unit.BYTES;
import static io.statehub.sidecar.exposure.metrics.Unit.COUNT;
import static io.statehub.sidecar.exposure.metrics.Unit.FLAG;
import static io.statehub.sidecar.exposure.metrics.Unit.SECONDS;
import static io.statehub.sidecar.exposure.metrics.Unit.TIMELINE;
import static io.statehub.sidecar.exposure.metrics.Unit.UNIX_TIME;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: every metric of ours, named once. Base units; {@code _total} on counters; labels are bounded by the
 * settings and by closed lists.
 *
 * <p>A gauge of something that is not known is absent: no series, rather than 0 or the last value.
 */
public enum Metric {
    BUILD_INFO("statehub_build_info", Subject.SIDECAR, Type.GAUGE, FLAG, "Always 1; the version that runs.", "version"),
    SNAPSHOT_AGE(
            "statehub_snapshot_age_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "Age of what is exported here; grows while the sidecar is stuck."),
    STALE_AFTER(
            "statehub_probe_stale_after_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured age from which a snapshot is stale and says nothing."),
    SNAPSHOTS("statehub_snapshots_total", Subject.SIDECAR, Type.COUNTER, COUNT, "Snapshots made since the start."),
    FIGURES_OUT_OF_RANGE(
            "statehub_figures_out_of_range_total",
            Subject.SIDECAR,
            Type.COUNTER,
            COUNT,
            "Impossible values, such as a negative lag, left out of an answer here; the log names the first of each"
                    + " metric."),
    STATUS("statehub_status", FLAG, "1 for the status that a scope has, 0 for the others.", "scope", "state"),
    READY("statehub_ready", FLAG, "Whether the pod should take traffic."),
    FINDINGS("statehub_findings", COUNT, "Open findings of each kind.", "kind"),

    API_UP("statehub_api_up", FLAG, "Whether the API answers a check; absent if not known.", "check"),
    WRITE_ENDPOINT_UP(
            "statehub_write_endpoint_up",
            FLAG,
            "Whether a server answers behind the write endpoint; absent if not known."),
    WRITE_ENDPOINT_WRITABLE(
            "statehub_write_endpoint_writable",
            FLAG,
            "Whether the server behind the write endpoint takes writes; absent if not known."),
    WRITE_ENDPOINT_ROUTED(
            "statehub_write_endpoint_routed",
            FLAG,
            "1 for the member that the write endpoint leads to; absent if that is not known.",
            "member"),

    API_TIMEOUT(
            "statehub_api_timeout_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured time for the whole answer to a check.",
            "check"),

    MEMBERS("statehub_members", COUNT, "Configured members."),
    MEMBER_UP("statehub_member_up", FLAG, "Whether a member answers; absent if not known.", "member"),
    MEMBER_ROLE("statehub_member_role", FLAG, "1 for the role that a member has, 0 for the other.", "member", "role"),
    MEMBER_TIMELINE("statehub_member_timeline", TIMELINE, "Timeline that a member writes or receives.", "member"),
    MEMBER_WAL_POSITION(
            "statehub_member_wal_position_bytes",
            BYTES,
            "WAL position that a member writes at or has received.",
            "member"),
    MEMBER_START_TIME(
            "statehub_member_start_time_seconds",
            UNIX_TIME,
            "When a member's postmaster started, in Unix time of its own clock.",
            "member"),
    MEMBER_STATISTICS_VISIBLE(
            "statehub_member_statistics_visible",
            FLAG,
            "Whether our role may see a member's replication statistics.",
            "member"),

    REPLICATION_CONNECTED(
            "statehub_replication_connected",
            FLAG,
            "Whether a standby's WAL receiver streams; absent if not known.",
            "member"),
    REPLICATION_LAG_BYTES(
            "statehub_replication_lag_bytes",
            BYTES,
            "WAL that exists upstream of a standby and is not replayed there; absent if not known.",
            "member"),
    REPLICATION_LAG_UNKNOWN(
            "statehub_replication_lag_unknown",
            FLAG,
            "1 for the reason why a member's lag is not known.",
            "member",
            "reason"),
    REPLICATION_BEHIND_PRIMARY(
            "statehub_replication_behind_primary_bytes",
            BYTES,
            "WAL that the primary has written and a standby has not replayed, along any cascade.",
            "member"),
    REPLICATION_STALENESS_LOWER(
            "statehub_replication_staleness_lower_seconds",
            SECONDS,
            "Age of a standby's newest data, lower bound.",
            "member"),
    REPLICATION_STALENESS_UPPER(REPLICATION_STALENESS_LOWER, "Age of a standby's newest data, upper bound."),
    REPLICATION_APPLY_QUEUE(
            "statehub_replication_apply_queue_bytes",
            BYTES,
            "WAL that a standby has received and not replayed.",
            "member"),
    REPLICATION_STREAM_SILENCE(
            "statehub_replication_stream_silence_seconds",
            SECONDS,
            "Time since a standby's WAL receiver heard from its upstream.",
            "member"),
    REPLICATION_REPLAY_PAUSED(
            "statehub_replication_replay_paused", FLAG, "Whether replay is paused on a standby.", "member"),
    REPLICATION_FLUSH_LAG_BYTES(
            "statehub_replication_flush_lag_bytes",
            BYTES,
            "WAL that a standby has not flushed, as its upstream sees it: what the loss of the upstream could cost.",
            "member"),
    REPLICATION_REPLAY_LAG_SECONDS(
            "statehub_replication_replay_lag_seconds",
            SECONDS,
            "Time lag of replay, as a standby's upstream measures it; absent while that says nothing.",
            "member"),
    REPLICATION_SYNCHRONOUS(
            "statehub_replication_synchronous", FLAG, "Whether a standby's upstream waits for it at commit.", "member"),

    SLOT_RETAINED("statehub_slot_retained_bytes", BYTES, "WAL kept by the slot that keeps most on a member.", "member"),
    SLOTS("statehub_slots", COUNT, "Replication slots on a member, by whether they are in use.", "member", "active"),
    ARCHIVE_FAILING("statehub_archive_failing", FLAG, "Whether the last attempt to archive WAL failed.", "member"),
    ARCHIVE_AGE("statehub_archive_age_seconds", SECONDS, "Time since the last WAL segment was archived.", "member"),
    ARCHIVED(
            "statehub_archived_segments_total",
            Type.COUNTER,
            COUNT,
            "Segments archived, as the server counts.",
            "member"),
    ARCHIVE_FAILURES(
            "statehub_archive_failures_total",
            Type.COUNTER,
            COUNT,
            "Failed attempts to archive, as the server counts.",
            "member"),

    BOUND_LAG("statehub_replication_max_lag_bytes", Subject.SIDECAR, Type.GAUGE, BYTES, "The configured bound on lag."),
    BOUND_STALENESS(
            "statehub_replication_max_staleness_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured bound on staleness."),
    BOUND_SILENCE(
            "statehub_replication_max_stream_silence_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured bound on silence."),
    BOUND_SLOT(
            "statehub_slot_max_retention_bytes",
            Subject.SIDECAR,
            Type.GAUGE,
            BYTES,
            "The configured bound on what one slot keeps."),
    OBJECTIVE_ARCHIVE_AGE(
            "statehub_objective_archive_age_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured bound on the time since a segment was archived, while WAL is written."),

    OBJECTIVE_RTO(
            "statehub_objective_rto_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured bound on how long writes may be out."),
    OBJECTIVE_RPO(
            "statehub_objective_rpo_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured bound on how much acknowledged data may be lost, in seconds of it."),

    RPO_EXPOSURE_BYTES(
            "statehub_rpo_exposure_bytes",
            BYTES,
            "WAL that the loss of the primary would cost now; absent if not known."),
    RPO_EXPOSURE_LOWER(
            "statehub_rpo_exposure_lower_seconds",
            SECONDS,
            "Age of the oldest commit that the loss of the primary would cost now, lower bound."),
    RPO_EXPOSURE_UPPER(
            RPO_EXPOSURE_LOWER, "Age of the oldest commit that the loss of the primary would cost now, upper bound."),
    RPO_EXPOSURE_SYNCHRONOUS(
            "statehub_rpo_exposure_synchronous",
            FLAG,
            "Whether commits wait for a standby that streams; absent if not known."),
    RPO_UNPROTECTED(
            "statehub_rpo_unprotected", FLAG, "Whether no standby streams from the primary; absent if not known."),

    JOURNAL_DURABLE(
            "statehub_journal_durable",
            FLAG,
            "Whether the record of failovers outlives the process; absent if no journal is configured."),
    JOURNAL_ERRORS("statehub_journal_errors_total", Type.COUNTER, COUNT, "Failures of the journal's files."),
    JOURNAL_WAITING("statehub_journal_waiting", COUNT, "Entries that wait in memory for the journal's disk."),
    JOURNAL_DROPPED("statehub_journal_dropped_total", Type.COUNTER, COUNT, "Entries that the journal had no room for."),

    HEARTBEATS("statehub_heartbeats_total", Type.COUNTER, COUNT, "Heartbeats written, by outcome.", "outcome"),
    HEARTBEAT_STALENESS_LOWER(
            "statehub_heartbeat_staleness_lower_seconds",
            SECONDS,
            "Age of a member's newest data by the heartbeat that it holds, lower bound.",
            "member"),
    HEARTBEAT_STALENESS_UPPER(
            HEARTBEAT_STALENESS_LOWER, "Age of a member's newest data by the heartbeat that it holds, upper bound."),

    OUTAGE("statehub_outage", FLAG, "Whether a service is out; absent if it is not being tried.", "service"),
    CURRENT_OUTAGE_LOWER(
            "statehub_current_outage_lower_seconds",
            SECONDS,
            "How long the ongoing outage has lasted, lower bound; absent if there is none.",
            "service"),
    CURRENT_OUTAGE_UPPER(
            CURRENT_OUTAGE_LOWER,
            "How long the ongoing outage has lasted, upper bound; absent if it was not seen to begin."),
    OUTAGES(
            "statehub_outages_total",
            Type.COUNTER,
            COUNT,
            "Outages that began; absent if the service was never tried.",
            "service"),
    OUTAGE_LOWER(
            "statehub_outage_lower_seconds_total",
            Type.COUNTER,
            SECONDS,
            "Time that a service was out, including an ongoing outage, lower bound.",
            "service"),
    OUTAGE_UPPER(OUTAGE_LOWER, "Time that a service was out, including an ongoing outage, upper bound."),

    FAILOVER_STATE("statehub_failover_state", FLAG, "1 for the current state of failover, 0 for the others.", "state"),
    SPLIT_BRAIN(
            "statehub_split_brain",
            FLAG,
            "Whether more than one member is out of recovery, and not seen to be over; absent if no member is seen, or"
                    + " the fate of a former primary is unknown."),
    FAILOVERS("statehub_failovers_total", Type.COUNTER, COUNT, "Incidents that ended, by outcome.", "outcome"),
    LOST_ROWS("statehub_lost_rows_total", Type.COUNTER, COUNT, "Acknowledged heartbeats found missing, at least."),
    TIME_SINCE_FAILOVER(
            "statehub_time_since_failover_seconds",
            SECONDS,
            "Time since the last change of primary, by the monotonic clock."),
    LAST_FAILOVER_TIMESTAMP(
            "statehub_last_failover_timestamp_seconds",
            UNIX_TIME,
            "When the primary last changed, in Unix time, for display."),
    LAST_FAILOVER_PHASE_LOWER(
            "statehub_last_failover_phase_lower_seconds",
            SECONDS,
            "How long a phase of the last change of primary took, lower bound.",
            "phase"),
    LAST_FAILOVER_PHASE_UPPER(
            LAST_FAILOVER_PHASE_LOWER,
            "How long a phase of the last change of primary took, upper bound; absent while the phase is ongoing."),
    LAST_FAILOVER_OUTAGE_LOWER(
            "statehub_last_failover_outage_lower_seconds",
            SECONDS,
            "How long a service was out at the last change of primary, lower bound.",
            "service"),
    LAST_FAILOVER_OUTAGE_UPPER(
            LAST_FAILOVER_OUTAGE_LOWER,
            "How long a service was out at the last change of primary, upper bound; absent if no outage was seen, as"
                    + " one may fall between two tries, or if one was not seen to begin or to end."),
    LAST_FAILOVER_LOST_ROWS(
            "statehub_last_failover_lost_rows",
            COUNT,
            "Acknowledged heartbeats that the last change of primary lost; absent unless known exactly."),
    LAST_FAILOVER_LOST_ROWS_LOWER(
            "statehub_last_failover_lost_rows_lower",
            COUNT,
            "Acknowledged heartbeats that the last change of primary lost, at least."),
    LAST_FAILOVER_AMBIGUOUS_ROWS(
            "statehub_last_failover_ambiguous_rows",
            COUNT,
            "Heartbeats of unknown outcome at the last change of primary; not counted as lost."),
    LAST_FAILOVER_LOST_SECONDS_LOWER(
            "statehub_last_failover_lost_lower_seconds",
            SECONDS,
            "Acknowledged data that the last change of primary lost, in seconds of it, lower bound."),
    LAST_FAILOVER_LOST_SECONDS_UPPER(
            LAST_FAILOVER_LOST_SECONDS_LOWER,
            "Acknowledged data that the last change of primary lost, in seconds of it, upper bound."),
    LAST_FAILOVER_LOST_BYTES_LOWER(
            "statehub_last_failover_lost_lower_bytes",
            BYTES,
            "Acknowledged WAL that the last change of primary lost, lower bound."),
    LAST_FAILOVER_LOST_BYTES_UPPER(
            LAST_FAILOVER_LOST_BYTES_LOWER, "Acknowledged WAL that the last change of primary lost, upper bound."),
    LAST_FAILOVER_OBJECTIVE(
            "statehub_last_failover_objective",
            FLAG,
            "1 for the verdict on each objective at the last change of primary; absent while it is not over.",
            "objective",
            "verdict"),

    LEADER(
            "statehub_leader",
            FLAG,
            "Whether this sidecar acts for all of its cluster: it alone writes heartbeats, posts events and exports"
                    + " what"
                    + " follows here of Kubernetes."),
    KUBERNETES_WATCH(
            "statehub_kubernetes_watch",
            FLAG,
            "1 for how a watch of Kubernetes stands, 0 for the others; absent for one that is off.",
            "resource",
            "state"),
    NODES("statehub_nodes", COUNT, "Nodes, by whether they are ready; absent if not known.", "ready"),
    NODE_READY(
            "statehub_member_node_ready",
            FLAG,
            "Whether the node of a member is ready; absent if that is not known.",
            "member"),
    API_PODS("statehub_api_pods", COUNT, "Pods of the API, by whether they are ready.", "ready"),
    API_PODS_RUNNING(
            "statehub_api_pods_running",
            COUNT,
            "Pods of the API that run, on nodes that are not known to be lost; absent if not known."),
    OPERATOR_PHASE(
            "statehub_operator_phase",
            FLAG,
            "1 for what the operator's phase of the cluster means, 0 for the others; none is 1 for words that are"
                    + " not known.",
            "phase"),
    OPERATOR_INSTANCES("statehub_operator_instances", COUNT, "Instances that the cluster should have."),
    OPERATOR_READY("statehub_operator_ready_instances", COUNT, "Instances that the operator counts as ready."),
    VOLUME_MISSING_REPLICAS(
            "statehub_volume_missing_replicas",
            COUNT,
            "Whole replicas that a volume of a member lacks; absent if not known.",
            "member",
            "volume"),
    VOLUME_ROBUSTNESS(
            "statehub_volume_robustness",
            FLAG,
            "1 for what Longhorn calls a volume of a member, 0 for the others; unknown while it is detached.",
            "member",
            "volume",
            "state"),
    BACKUP_AGE("statehub_backup_age_seconds", SECONDS, "Age of the newest good backup; absent if none is known."),
    RECOVERY_WINDOW(
            "statehub_recovery_window_seconds",
            SECONDS,
            "How far back the cluster can be recovered to; absent if that is not known."),
    OBJECTIVE_BACKUP_AGE(
            "statehub_objective_backup_age_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured bound on the age of the newest backup."),
    RESTORE_VERIFIED_AGE(
            "statehub_restore_verified_age_seconds",
            SECONDS,
            "Time since a restore was last verified; absent if none is known to be."),
    OBJECTIVE_RESTORE_AGE(
            "statehub_objective_restore_age_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured bound on the time since a restore was last verified."),
    FAILOVER_DRILL_AGE(
            "statehub_failover_drill_age_seconds",
            SECONDS,
            "Time since the last failover drill ended; absent if none is known."),
    FAILOVER_DRILL_VERDICT(
            "statehub_failover_drill_verdict",
            FLAG,
            "1 for the verdict of the last failover drill, 0 for the others; absent if none is known.",
            "verdict"),
    FAILOVER_DRILL_OUTAGE(
            "statehub_failover_drill_outage_at_most_seconds",
            SECONDS,
            "How long writes were out at the last failover drill, at most; absent if nothing bounds it."),
    OBJECTIVE_FAILOVER_DRILL_AGE(
            "statehub_objective_failover_drill_age_seconds",
            Subject.SIDECAR,
            Type.GAUGE,
            SECONDS,
            "The configured bound on the time since the last failover drill."),
    EVENTS_NOT_POSTED(
            "statehub_events_not_posted_total",
            Subject.SIDECAR,
            Type.COUNTER,
            COUNT,
            "Events that were left out because there were too many, or that the API server rejected.",
            "reason"),

    PROBE_DURATION(
            "statehub_probe_duration_seconds",
            Subject.SIDECAR,
            Type.HISTOGRAM,
            SECONDS,
            "How long a target took to answer.",
            "target"),
    PROBE_FAILURES(
            "statehub_probe_failures_total",
            Subject.SIDECAR,
            Type.COUNTER,
            COUNT,
            "Probes without a usable answer.",
            "target",
            "kind");

    /** What Prometheus calls the type. */
    public enum Type {
        GAUGE,
        COUNTER,
        HISTOGRAM
    }

    /** Whom a figure is of. */
    public enum Subject {
        /** The sidecar itself and its settings: true whatever the age of what it has seen. */
        SIDECAR,
        /** What it watches: said as long as it was seen of late. */
        WATCHED
    }

    private final String metricName;
    private final Subject subject;
    private final Type type;
    private final Unit unit;
    private final String help;
    private final @Nullable Metric lower;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    /** A gauge of what is watched. */
    Metric(String metricName, Unit unit, String help, String... labels) {
        this(metricName, Type.GAUGE, unit, help, labels);
    }

    Metric(String metricName, Type type, Unit unit, String help, String... labels) {
        this(metricName, Subject.WATCHED, type, unit, help, labels);
    }

    Metric(String metricName, Subject subject, Type type, Unit unit, String help, String... labels) {
        this.metricName = metricName;
        this.subject = subject;
        this.type = type;
        this.unit = unit;
        this.help = help;
        this.labels = List.of(labels);
        this.lower = null;
    }

    /** The upper bound of what the other one is the lower bound of. */
    Metric(Metric lower, String help) {
        this.metricName = lower.metricName.replace("_lower", "_upper");
        this.subject = lower.subject;
        this.type = lower.type;
        this.unit = lower.unit;
        this.help = help;
        this.labels = lower.labels;
        this.lower = lower;
    }

    /** The name as Prometheus sees it, with the suffix of its unit and type. */
    public String metricName() {
        return metricName;
    }

    public Subject subject() {
        return subject;
    }

    public Type type() {
        return type;
    }

    public Unit unit() {
        return unit;
    }

    public String help() {
        return help;
    }

    public List<String> labels() {
        return labels;
    }

    /** The lower bound of the same figure, if this is its upper one. */
    public Optional<Metric> lower() {
        return Optional.ofNullable(lower);
    }
}

package io.statehub.sidecar.exposure.metrics;

import java.util.List;

/**
 * The catalogue: every metric of ours, named once. Base units; {@code _total} on counters; labels are bounded by the
 * settings and by closed lists.
 *
 * <p>A gauge of something that is not known is absent: no series, rather than 0 or the last value.
 */
public enum Metric {
    BUILD_INFO("statehub_build_info", Type.GAUGE, Unit.FLAG, "Always 1; the version that runs.", "version"),
    SNAPSHOT_AGE(
            "statehub_snapshot_age_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Age of what is exported here; a stuck sidecar lets it grow."),
    STALE_AFTER(
            "statehub_probe_stale_after_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "The configured age at which a snapshot says nothing any more."),
    SNAPSHOTS("statehub_snapshots_total", Type.COUNTER, Unit.COUNT, "Snapshots made since the start."),
    FIGURES_OUT_OF_RANGE(
            "statehub_figures_out_of_range_total",
            Type.COUNTER,
            Unit.COUNT,
            "Figures left out of an answer here since there can be none such; the log names the first of each metric."),
    STATUS(
            "statehub_status",
            Type.GAUGE,
            Unit.FLAG,
            "1 for the status that a scope has, 0 for the others.",
            "scope",
            "state"),
    READY("statehub_ready", Type.GAUGE, Unit.FLAG, "Whether the pod should take traffic."),
    FINDINGS("statehub_findings", Type.GAUGE, Unit.COUNT, "Open findings of each kind.", "kind"),

    API_UP("statehub_api_up", Type.GAUGE, Unit.FLAG, "Whether the API answers a check; absent if not known.", "check"),
    WRITE_ENDPOINT_UP(
            "statehub_write_endpoint_up",
            Type.GAUGE,
            Unit.FLAG,
            "Whether a server answers behind the write endpoint; absent if not known."),
    WRITE_ENDPOINT_WRITABLE(
            "statehub_write_endpoint_writable",
            Type.GAUGE,
            Unit.FLAG,
            "Whether the server behind the write endpoint takes writes; absent if not known."),
    WRITE_ENDPOINT_ROUTED(
            "statehub_write_endpoint_routed",
            Type.GAUGE,
            Unit.FLAG,
            "1 for the member that the write endpoint leads to; absent if that is not known.",
            "member"),

    API_TIMEOUT(
            "statehub_api_timeout_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "The configured time for the whole answer to a check.",
            "check"),

    MEMBERS("statehub_members", Type.GAUGE, Unit.COUNT, "Configured members."),
    MEMBER_UP("statehub_member_up", Type.GAUGE, Unit.FLAG, "Whether a member answers; absent if not known.", "member"),
    MEMBER_ROLE(
            "statehub_member_role",
            Type.GAUGE,
            Unit.FLAG,
            "1 for the role that a member has, 0 for the other.",
            "member",
            "role"),
    MEMBER_TIMELINE(
            "statehub_member_timeline",
            Type.GAUGE,
            Unit.TIMELINE,
            "Timeline that a member writes or receives.",
            "member"),
    MEMBER_WAL_POSITION(
            "statehub_member_wal_position_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "Position in the log that a member writes at or has received.",
            "member"),
    MEMBER_START_TIME(
            "statehub_member_start_time_seconds",
            Type.GAUGE,
            Unit.UNIX_TIME,
            "When a member's postmaster started, in Unix time of its own clock.",
            "member"),
    MEMBER_STATISTICS_VISIBLE(
            "statehub_member_statistics_visible",
            Type.GAUGE,
            Unit.FLAG,
            "Whether our role may see a member's replication statistics.",
            "member"),

    REPLICATION_CONNECTED(
            "statehub_replication_connected",
            Type.GAUGE,
            Unit.FLAG,
            "Whether a standby's WAL receiver streams; absent if not known.",
            "member"),
    REPLICATION_LAG_BYTES(
            "statehub_replication_lag_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "Log that exists upstream of a standby and is not replayed there; absent if not known.",
            "member"),
    REPLICATION_LAG_UNKNOWN(
            "statehub_replication_lag_unknown",
            Type.GAUGE,
            Unit.FLAG,
            "1 for the reason why a member's lag is not known.",
            "member",
            "reason"),
    REPLICATION_BEHIND_PRIMARY(
            "statehub_replication_behind_primary_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "Log that the primary has written and a standby has not replayed, along any cascade.",
            "member"),
    REPLICATION_STALENESS_LOWER(
            "statehub_replication_staleness_lower_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Age of a standby's newest data, lower bound.",
            "member"),
    REPLICATION_STALENESS_UPPER(
            "statehub_replication_staleness_upper_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Age of a standby's newest data, upper bound.",
            "member"),
    REPLICATION_APPLY_QUEUE(
            "statehub_replication_apply_queue_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "Log that a standby has received and not replayed.",
            "member"),
    REPLICATION_STREAM_SILENCE(
            "statehub_replication_stream_silence_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Time since a standby's WAL receiver heard from its upstream.",
            "member"),
    REPLICATION_REPLAY_PAUSED(
            "statehub_replication_replay_paused",
            Type.GAUGE,
            Unit.FLAG,
            "Whether replay is paused on a standby.",
            "member"),
    REPLICATION_FLUSH_LAG_BYTES(
            "statehub_replication_flush_lag_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "Log that a standby has not flushed, as its upstream sees it: what the loss of the upstream could cost.",
            "member"),
    REPLICATION_REPLAY_LAG_SECONDS(
            "statehub_replication_replay_lag_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Time lag of replay, as a standby's upstream measures it; absent while that says nothing.",
            "member"),
    REPLICATION_SYNCHRONOUS(
            "statehub_replication_synchronous",
            Type.GAUGE,
            Unit.FLAG,
            "Whether a standby's upstream waits for it at commit.",
            "member"),

    SLOT_RETAINED(
            "statehub_slot_retained_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "Log kept by the slot that keeps most on a member.",
            "member"),
    SLOTS(
            "statehub_slots",
            Type.GAUGE,
            Unit.COUNT,
            "Replication slots on a member, by whether they are in use.",
            "member",
            "active"),
    ARCHIVE_FAILING(
            "statehub_archive_failing",
            Type.GAUGE,
            Unit.FLAG,
            "Whether the last attempt to archive log failed.",
            "member"),
    ARCHIVE_AGE(
            "statehub_archive_age_seconds", Type.GAUGE, Unit.SECONDS, "Time since a segment was archived.", "member"),
    ARCHIVED(
            "statehub_archived_segments_total",
            Type.COUNTER,
            Unit.COUNT,
            "Segments archived, as the server counts.",
            "member"),
    ARCHIVE_FAILURES(
            "statehub_archive_failures_total",
            Type.COUNTER,
            Unit.COUNT,
            "Failed attempts to archive, as the server counts.",
            "member"),

    BOUND_LAG("statehub_replication_max_lag_bytes", Type.GAUGE, Unit.BYTES, "The configured bound on lag."),
    BOUND_STALENESS(
            "statehub_replication_max_staleness_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "The configured bound on staleness."),
    BOUND_SILENCE(
            "statehub_replication_max_stream_silence_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "The configured bound on silence."),
    BOUND_SLOT(
            "statehub_slot_max_retention_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "The configured bound on what one slot keeps."),
    OBJECTIVE_ARCHIVE_AGE(
            "statehub_objective_archive_age_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "The configured bound on the time since a segment was archived, while log is written."),

    OBJECTIVE_RTO(
            "statehub_objective_rto_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "The configured bound on how long writes may be out."),
    OBJECTIVE_RPO(
            "statehub_objective_rpo_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "The configured bound on how much acknowledged data may be lost, in seconds of it."),

    RPO_EXPOSURE_BYTES(
            "statehub_rpo_exposure_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "Log that the loss of the primary would cost now; absent if not known."),
    RPO_EXPOSURE_LOWER(
            "statehub_rpo_exposure_lower_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Age of the oldest commit that the loss of the primary would cost now, lower bound."),
    RPO_EXPOSURE_UPPER(
            "statehub_rpo_exposure_upper_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Age of the oldest commit that the loss of the primary would cost now, upper bound."),
    RPO_EXPOSURE_SYNCHRONOUS(
            "statehub_rpo_exposure_synchronous",
            Type.GAUGE,
            Unit.FLAG,
            "Whether commits wait for a standby that streams; absent if not known."),
    RPO_UNPROTECTED(
            "statehub_rpo_unprotected",
            Type.GAUGE,
            Unit.FLAG,
            "Whether no standby streams from the primary; absent if not known."),

    JOURNAL_DURABLE(
            "statehub_journal_durable",
            Type.GAUGE,
            Unit.FLAG,
            "Whether what is noted of failovers outlives the process; absent if no journal is configured."),
    JOURNAL_ERRORS("statehub_journal_errors_total", Type.COUNTER, Unit.COUNT, "Failures of the journal's files."),
    JOURNAL_WAITING(
            "statehub_journal_waiting", Type.GAUGE, Unit.COUNT, "Entries that wait in memory for the journal's disk."),
    JOURNAL_DROPPED(
            "statehub_journal_dropped_total", Type.COUNTER, Unit.COUNT, "Entries that the journal had no room for."),

    HEARTBEATS(
            "statehub_heartbeats_total", Type.COUNTER, Unit.COUNT, "Beats written, by what became of them.", "outcome"),
    HEARTBEAT_STALENESS_LOWER(
            "statehub_heartbeat_staleness_lower_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Age of a member's newest data by the heartbeat that it holds, lower bound.",
            "member"),
    HEARTBEAT_STALENESS_UPPER(
            "statehub_heartbeat_staleness_upper_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Age of a member's newest data by the heartbeat that it holds, upper bound.",
            "member"),

    OUTAGE(
            "statehub_outage",
            Type.GAUGE,
            Unit.FLAG,
            "Whether a service is out; absent if it is not being tried.",
            "service"),
    CURRENT_OUTAGE_LOWER(
            "statehub_current_outage_lower_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "How long the outage that goes on has lasted, lower bound; absent if there is none.",
            "service"),
    CURRENT_OUTAGE_UPPER(
            "statehub_current_outage_upper_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "How long the outage that goes on has lasted, upper bound; absent if it was not seen to begin.",
            "service"),
    OUTAGES(
            "statehub_outages_total",
            Type.COUNTER,
            Unit.COUNT,
            "Outages that began; absent if the service was never tried.",
            "service"),
    OUTAGE_LOWER(
            "statehub_outage_lower_seconds_total",
            Type.COUNTER,
            Unit.SECONDS,
            "Time that a service was out, the outage that goes on included, lower bound.",
            "service"),
    OUTAGE_UPPER(
            "statehub_outage_upper_seconds_total",
            Type.COUNTER,
            Unit.SECONDS,
            "Time that a service was out, the outage that goes on included, upper bound.",
            "service"),

    FAILOVER_STATE(
            "statehub_failover_state",
            Type.GAUGE,
            Unit.FLAG,
            "1 for where the cluster stands, 0 for the other states.",
            "state"),
    SPLIT_BRAIN(
            "statehub_split_brain",
            Type.GAUGE,
            Unit.FLAG,
            "Whether more than one member is out of recovery, and not seen to be over; absent if no member is seen, or"
                    + " the fate of a former primary is unknown."),
    FAILOVERS(
            "statehub_failovers_total",
            Type.COUNTER,
            Unit.COUNT,
            "Incidents that ended, by what they turned out to be.",
            "outcome"),
    LOST_ROWS("statehub_lost_rows_total", Type.COUNTER, Unit.COUNT, "Acknowledged beats found missing, at least."),
    TIME_SINCE_FAILOVER(
            "statehub_time_since_failover_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Time since the primary last became another one, by the monotonic clock."),
    LAST_FAILOVER_TIMESTAMP(
            "statehub_last_failover_timestamp_seconds",
            Type.GAUGE,
            Unit.UNIX_TIME,
            "When the primary last became another one, in Unix time, for display."),
    LAST_FAILOVER_PHASE_LOWER(
            "statehub_last_failover_phase_lower_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "How long a phase of the last change of primary took, lower bound.",
            "phase"),
    LAST_FAILOVER_PHASE_UPPER(
            "statehub_last_failover_phase_upper_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "How long a phase of the last change of primary took, upper bound; absent while it goes on.",
            "phase"),
    LAST_FAILOVER_OUTAGE_LOWER(
            "statehub_last_failover_outage_lower_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "How long a service was out at the last change of primary, lower bound.",
            "service"),
    LAST_FAILOVER_OUTAGE_UPPER(
            "statehub_last_failover_outage_upper_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "How long a service was out at the last change of primary, upper bound; absent if nothing bounds it.",
            "service"),
    LAST_FAILOVER_LOST_ROWS(
            "statehub_last_failover_lost_rows",
            Type.GAUGE,
            Unit.COUNT,
            "Acknowledged beats that the last change of primary lost; absent unless known exactly."),
    LAST_FAILOVER_LOST_ROWS_LOWER(
            "statehub_last_failover_lost_rows_lower",
            Type.GAUGE,
            Unit.COUNT,
            "Acknowledged beats that the last change of primary lost, at least."),
    LAST_FAILOVER_AMBIGUOUS_ROWS(
            "statehub_last_failover_ambiguous_rows",
            Type.GAUGE,
            Unit.COUNT,
            "Beats of unknown outcome at the last change of primary; they are none of those lost."),
    LAST_FAILOVER_LOST_SECONDS_LOWER(
            "statehub_last_failover_lost_lower_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Acknowledged data that the last change of primary lost, in seconds of it, lower bound."),
    LAST_FAILOVER_LOST_SECONDS_UPPER(
            "statehub_last_failover_lost_upper_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Acknowledged data that the last change of primary lost, in seconds of it, upper bound."),
    LAST_FAILOVER_LOST_BYTES_LOWER(
            "statehub_last_failover_lost_lower_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "Acknowledged log that the last change of primary lost, lower bound."),
    LAST_FAILOVER_LOST_BYTES_UPPER(
            "statehub_last_failover_lost_upper_bytes",
            Type.GAUGE,
            Unit.BYTES,
            "Acknowledged log that the last change of primary lost, upper bound."),
    LAST_FAILOVER_OBJECTIVE(
            "statehub_last_failover_objective",
            Type.GAUGE,
            Unit.FLAG,
            "1 for the verdict on each objective at the last change of primary; absent while it is not over.",
            "objective",
            "verdict"),

    LEADER(
            "statehub_leader",
            Type.GAUGE,
            Unit.FLAG,
            "Whether this sidecar acts for all of its cluster: it alone writes heartbeats, posts events and exports what"
                    + " follows here of Kubernetes."),
    KUBERNETES_WATCH(
            "statehub_kubernetes_watch",
            Type.GAUGE,
            Unit.FLAG,
            "1 for how a watch of Kubernetes stands, 0 for the others; absent for one that is off.",
            "resource",
            "state"),
    NODES("statehub_nodes", Type.GAUGE, Unit.COUNT, "Nodes, by whether they are ready; absent if not known.", "ready"),
    NODE_READY(
            "statehub_member_node_ready",
            Type.GAUGE,
            Unit.FLAG,
            "Whether the node of a member is ready; absent if that is not known.",
            "member"),
    API_PODS("statehub_api_pods", Type.GAUGE, Unit.COUNT, "Pods of the API, by whether they are ready.", "ready"),
    API_PODS_RUNNING(
            "statehub_api_pods_running",
            Type.GAUGE,
            Unit.COUNT,
            "Pods of the API that run, on nodes that are not known to be lost; absent if not known."),
    OPERATOR_PHASE(
            "statehub_operator_phase",
            Type.GAUGE,
            Unit.FLAG,
            "1 for what the operator's phase of the cluster means, 0 for the others; none is 1 for words that are not known.",
            "phase"),
    OPERATOR_INSTANCES(
            "statehub_operator_instances", Type.GAUGE, Unit.COUNT, "Instances that the cluster should have."),
    OPERATOR_READY(
            "statehub_operator_ready_instances",
            Type.GAUGE,
            Unit.COUNT,
            "Instances that the operator counts as ready."),
    VOLUME_MISSING_REPLICAS(
            "statehub_volume_missing_replicas",
            Type.GAUGE,
            Unit.COUNT,
            "Whole replicas that a volume of a member lacks; absent if that can't be told.",
            "member",
            "volume"),
    VOLUME_ROBUSTNESS(
            "statehub_volume_robustness",
            Type.GAUGE,
            Unit.FLAG,
            "1 for what Longhorn calls a volume of a member, 0 for the others; unknown while it is detached.",
            "member",
            "volume",
            "state"),
    BACKUP_AGE(
            "statehub_backup_age_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Age of the newest good backup; absent if none is known."),
    RECOVERY_WINDOW(
            "statehub_recovery_window_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "How far back the cluster can be recovered to; absent if that is not known."),
    OBJECTIVE_BACKUP_AGE(
            "statehub_objective_backup_age_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "The configured bound on the age of the newest backup."),
    RESTORE_VERIFIED_AGE(
            "statehub_restore_verified_age_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "Time since a restore was last verified; absent if none is known to be."),
    OBJECTIVE_RESTORE_AGE(
            "statehub_objective_restore_age_seconds",
            Type.GAUGE,
            Unit.SECONDS,
            "The configured bound on the time since a restore was last verified."),
    EVENTS_NOT_POSTED(
            "statehub_events_not_posted_total",
            Type.COUNTER,
            Unit.COUNT,
            "Events that were left out because there were too many, or that the API server didn't take.",
            "reason"),

    PROBE_DURATION(
            "statehub_probe_duration_seconds",
            Type.HISTOGRAM,
            Unit.SECONDS,
            "How long a target took to answer.",
            "target"),
    PROBE_FAILURES(
            "statehub_probe_failures_total",
            Type.COUNTER,
            Unit.COUNT,
            "Probes without a usable answer.",
            "target",
            "kind");

    /** What Prometheus calls the type. */
    public enum Type {
        GAUGE,
        COUNTER,
        HISTOGRAM
    }

    /** What a figure is measured in, and so which figures there can be. */
    public enum Unit {
        /** No or yes. */
        FLAG(0, 1),
        /** A number of things; above 2^53 a sample, which is a double, rounds. */
        COUNT(0, 0x1p63),
        /** Sizes and positions, which PostgreSQL counts in 64 bits without a sign. */
        BYTES(0, 0x1p64),
        /** A duration: not before it began, and no longer than a hundred years. */
        SECONDS(0, 100 * 366 * 86_400.0),
        /** Seconds since 1970, up to the year 2100. */
        UNIX_TIME(0, 4_102_444_800.0),
        /** PostgreSQL numbers timelines from 1, in 32 bits. */
        TIMELINE(1, 0x1p32 - 1);

        private final double least;
        private final double most;

        Unit(double least, double most) {
            this.least = least;
            this.most = most;
        }

        /** Whether there can be such a figure; of NaN and the infinities there is none. */
        public boolean allows(double value) {
            return value >= least && value <= most;
        }
    }

    private final String metricName;
    private final Type type;
    private final Unit unit;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    Metric(String metricName, Type type, Unit unit, String help, String... labels) {
        this.metricName = metricName;
        this.type = type;
        this.unit = unit;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** The name as Prometheus sees it, with the suffix of its unit and type. */
    public String metricName() {
        return metricName;
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
}

package io.statehub.sidecar.exposure.metrics;

import java.util.List;

/**
 * The catalogue: every metric of ours, named once. Base units; {@code _total} on counters; labels are bounded by the
 * settings and by closed lists.
 *
 * <p>A gauge of something that is not known is absent: no series, rather than 0 or the last value.
 */
public enum Metric {
    BUILD_INFO("statehub_build_info", Type.GAUGE, "Always 1; the version that runs.", "version"),
    SNAPSHOT_AGE(
            "statehub_snapshot_age_seconds", Type.GAUGE, "Age of what is exported here; a stuck sidecar lets it grow."),
    SNAPSHOTS("statehub_snapshots_total", Type.COUNTER, "Snapshots made since the start."),
    STATUS("statehub_status", Type.GAUGE, "1 for the status that a scope has, 0 for the others.", "scope", "state"),
    READY("statehub_ready", Type.GAUGE, "Whether the pod should take traffic."),
    FINDINGS("statehub_findings", Type.GAUGE, "Open findings of each kind.", "kind"),

    API_UP("statehub_api_up", Type.GAUGE, "Whether the API answers a check; absent if not known.", "check"),
    WRITE_ENDPOINT_UP(
            "statehub_write_endpoint_up",
            Type.GAUGE,
            "Whether a server answers behind the write endpoint; absent if not known."),
    WRITE_ENDPOINT_WRITABLE(
            "statehub_write_endpoint_writable",
            Type.GAUGE,
            "Whether the server behind the write endpoint takes writes; absent if not known."),
    WRITE_ENDPOINT_ROUTED(
            "statehub_write_endpoint_routed",
            Type.GAUGE,
            "1 for the member that the write endpoint leads to; absent if that is not known.",
            "member"),

    MEMBERS("statehub_members", Type.GAUGE, "Configured members."),
    MEMBER_UP("statehub_member_up", Type.GAUGE, "Whether a member answers; absent if not known.", "member"),
    MEMBER_ROLE(
            "statehub_member_role", Type.GAUGE, "1 for the role that a member has, 0 for the other.", "member", "role"),
    MEMBER_TIMELINE("statehub_member_timeline", Type.GAUGE, "Timeline that a member writes or receives.", "member"),
    MEMBER_WAL_POSITION(
            "statehub_member_wal_position_bytes",
            Type.GAUGE,
            "Position in the log that a member writes at or has received.",
            "member"),
    MEMBER_START_TIME(
            "statehub_member_start_time_seconds",
            Type.GAUGE,
            "When a member's postmaster started, in Unix time of its own clock.",
            "member"),
    MEMBER_STATISTICS_VISIBLE(
            "statehub_member_statistics_visible",
            Type.GAUGE,
            "Whether our role may see a member's replication statistics.",
            "member"),

    REPLICATION_CONNECTED(
            "statehub_replication_connected",
            Type.GAUGE,
            "Whether a standby's WAL receiver streams; absent if not known.",
            "member"),
    REPLICATION_LAG_BYTES(
            "statehub_replication_lag_bytes",
            Type.GAUGE,
            "Log that exists upstream of a standby and is not replayed there; absent if not known.",
            "member"),
    REPLICATION_LAG_UNKNOWN(
            "statehub_replication_lag_unknown",
            Type.GAUGE,
            "1 for the reason why a member's lag is not known.",
            "member",
            "reason"),
    REPLICATION_BEHIND_PRIMARY(
            "statehub_replication_behind_primary_bytes",
            Type.GAUGE,
            "Log that the primary has written and a standby has not replayed, along any cascade.",
            "member"),
    REPLICATION_STALENESS_LOWER(
            "statehub_replication_staleness_lower_seconds",
            Type.GAUGE,
            "Age of a standby's newest data, lower bound.",
            "member"),
    REPLICATION_STALENESS_UPPER(
            "statehub_replication_staleness_upper_seconds",
            Type.GAUGE,
            "Age of a standby's newest data, upper bound.",
            "member"),
    REPLICATION_APPLY_QUEUE(
            "statehub_replication_apply_queue_bytes",
            Type.GAUGE,
            "Log that a standby has received and not replayed.",
            "member"),
    REPLICATION_STREAM_SILENCE(
            "statehub_replication_stream_silence_seconds",
            Type.GAUGE,
            "Time since a standby's WAL receiver heard from its upstream.",
            "member"),
    REPLICATION_REPLAY_PAUSED(
            "statehub_replication_replay_paused", Type.GAUGE, "Whether replay is paused on a standby.", "member"),
    REPLICATION_FLUSH_LAG_BYTES(
            "statehub_replication_flush_lag_bytes",
            Type.GAUGE,
            "Log that a standby has not flushed, as its upstream sees it: what the loss of the upstream could cost.",
            "member"),
    REPLICATION_REPLAY_LAG_SECONDS(
            "statehub_replication_replay_lag_seconds",
            Type.GAUGE,
            "Time lag of replay, as a standby's upstream measures it; absent while that says nothing.",
            "member"),
    REPLICATION_SYNCHRONOUS(
            "statehub_replication_synchronous",
            Type.GAUGE,
            "Whether a standby's upstream waits for it at commit.",
            "member"),

    SLOT_RETAINED(
            "statehub_slot_retained_bytes", Type.GAUGE, "Log kept by the slot that keeps most on a member.", "member"),
    SLOTS(
            "statehub_slots",
            Type.GAUGE,
            "Replication slots on a member, by whether they are in use.",
            "member",
            "active"),
    ARCHIVE_FAILING(
            "statehub_archive_failing", Type.GAUGE, "Whether the last attempt to archive log failed.", "member"),
    ARCHIVE_AGE("statehub_archive_age_seconds", Type.GAUGE, "Time since a segment was archived.", "member"),
    ARCHIVED("statehub_archived_segments_total", Type.COUNTER, "Segments archived, as the server counts.", "member"),
    ARCHIVE_FAILURES(
            "statehub_archive_failures_total",
            Type.COUNTER,
            "Failed attempts to archive, as the server counts.",
            "member"),

    BOUND_LAG("statehub_replication_max_lag_bytes", Type.GAUGE, "The configured bound on lag."),
    BOUND_STALENESS("statehub_replication_max_staleness_seconds", Type.GAUGE, "The configured bound on staleness."),
    BOUND_SILENCE("statehub_replication_max_stream_silence_seconds", Type.GAUGE, "The configured bound on silence."),
    BOUND_SLOT("statehub_slot_max_retention_bytes", Type.GAUGE, "The configured bound on what one slot keeps."),

    PROBE_DURATION("statehub_probe_duration_seconds", Type.HISTOGRAM, "How long a target took to answer.", "target"),
    PROBE_FAILURES("statehub_probe_failures_total", Type.COUNTER, "Probes without a usable answer.", "target", "kind");

    /** What Prometheus calls the type. */
    public enum Type {
        GAUGE,
        COUNTER,
        HISTOGRAM
    }

    private final String metricName;
    private final Type type;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    Metric(String metricName, Type type, String help, String... labels) {
        this.metricName = metricName;
        this.type = type;
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

    public String help() {
        return help;
    }

    public List<String> labels() {
        return labels;
    }
}

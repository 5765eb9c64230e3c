package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Which server this is, its role, and what we may see there. */
final class IdentityQuestion implements Question<IdentityQuestion.Answer> {

    record Answer(ServerIdentity identity, MemberRole role, boolean readOnly, boolean statisticsVisible) {}

    /*
     * pg_control_checkpoint().timeline_id is stale after a promotion until the next checkpoint, so a primary's timeline
     * is read from the name of the segment that it writes. A receiver that starts anew counts from the start of a
     * segment, behind what was replayed: hence greatest().
     */
    @Override
    public String sql() {
        return """
                SELECT pg_is_in_recovery() AS in_recovery,
                       current_setting('transaction_read_only')::boolean AS read_only,
                       pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS statistics_visible,
                       (SELECT system_identifier FROM pg_control_system()) AS system_identifier,
                       CASE WHEN pg_is_in_recovery()
                            THEN (SELECT received_tli FROM pg_stat_wal_receiver)
                            ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint
                       END AS timeline,
                       CASE WHEN pg_is_in_recovery()
                            THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                            ELSE pg_current_wal_lsn()
                       END AS position,
                       pg_postmaster_start_time() AS postmaster_start""";
    }

    @Override
    public Answer map(ResultSet rows) throws SQLException {
        Columns.oneRow(rows);
        ServerIdentity identity = new ServerIdentity(
                new SystemIdentifier(Columns.number(rows, "system_identifier")),
                Columns.timeline(rows, "timeline"),
                Columns.lsn(rows, "position"),
                Columns.instant(rows, "postmaster_start"));
        MemberRole role = Columns.flag(rows, "in_recovery") ? MemberRole.STANDBY : MemberRole.PRIMARY;
        return new Answer(identity, role, Columns.flag(rows, "read_only"), Columns.flag(rows, "statistics_visible"));
    }
}

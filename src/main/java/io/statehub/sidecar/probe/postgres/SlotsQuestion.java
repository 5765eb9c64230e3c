package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.ReplicationSlot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The replication slots of a server, those that keep the most log first. */
final class SlotsQuestion implements Question<List<ReplicationSlot>> {

    @Override
    public String sql() {
        return """
                SELECT slot_name, active, wal_status, safe_wal_size,
                       pg_wal_lsn_diff(here.position, restart_lsn) AS retained_bytes
                FROM pg_replication_slots,
                     (SELECT CASE WHEN pg_is_in_recovery()
                                  THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                                  ELSE pg_current_wal_lsn()
                             END AS position) here
                ORDER BY retained_bytes DESC NULLS LAST, slot_name
                LIMIT 100""";
    }

    @Override
    public List<ReplicationSlot> map(ResultSet rows) throws SQLException {
        List<ReplicationSlot> slots = new ArrayList<>();
        while (rows.next()) {
            slots.add(new ReplicationSlot(
                    rows.getString("slot_name"),
                    rows.getBoolean("active"),
                    Columns.textOrEmpty(rows, "wal_status"),
                    Columns.bytes(rows, "retained_bytes"),
                    Columns.bytes(rows, "safe_wal_size")));
        }
        return slots;
    }
}

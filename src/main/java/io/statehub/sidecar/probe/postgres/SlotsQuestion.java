package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.SlotTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The replication slots of a server: the worst of them, and figures over all. */
final class SlotsQuestion implements Question<SlotsQuestion.Answer> {

    /**
     * What it says.
     *
     * @param shown the worst: those that lost their log, then those that keep the most; bounded
     * @param totals over all of them, shown or not
     */
    record Answer(List<ReplicationSlot> shown, SlotTotals totals) {}

    /*
     * Where a server stands is read for each slot after the slot, so that no slot is ahead of it. Windows are reckoned
     * before the list is cut.
     */
    @Override
    public String sql() {
        return """
                SELECT slot_name, active, wal_status, safe_wal_size, retained_bytes,
                       count(*) OVER () AS slots,
                       count(*) FILTER (WHERE active) OVER () AS active_slots,
                       count(*) FILTER (WHERE wal_status = 'lost') OVER () AS lost_slots,
                       max(retained_bytes) OVER () AS most_retained
                FROM (SELECT slot.*, greatest(0, pg_wal_lsn_diff(here.position, slot.restart_lsn)) AS retained_bytes
                      FROM pg_replication_slots slot
                      CROSS JOIN LATERAL (SELECT slot.slot_name,
                                                 CASE WHEN pg_is_in_recovery()
                                                      THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                                                      ELSE pg_current_wal_lsn()
                                                 END AS position) here
                      WHERE slot.restart_lsn IS NOT NULL
                      UNION ALL
                      SELECT slot.*, NULL FROM pg_replication_slots slot WHERE slot.restart_lsn IS NULL) slots
                ORDER BY wal_status IS NOT DISTINCT FROM 'lost' DESC, retained_bytes DESC NULLS LAST, slot_name
                LIMIT 100""";
    }

    @Override
    public Answer map(ResultSet rows) throws SQLException {
        List<ReplicationSlot> slots = new ArrayList<>();
        SlotTotals totals = SlotTotals.of(slots);
        while (rows.next()) {
            slots.add(new ReplicationSlot(
                    Columns.label(rows, "slot_name"),
                    rows.getBoolean("active"),
                    Columns.label(rows, "wal_status"),
                    Columns.bytes(rows, "retained_bytes"),
                    Columns.bytes(rows, "safe_wal_size")));
            totals = new SlotTotals(
                    rows.getLong("slots"),
                    rows.getLong("active_slots"),
                    rows.getLong("lost_slots"),
                    Columns.bytes(rows, "most_retained"));
        }
        return new Answer(slots, totals);
    }
}

package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.SlotTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The replication slots of a server: the worst of them, and figures over all. */
final class SlotsPart {

    /**
     * What it says.
     *
     * @param shown the worst: those that lost their log, then those that keep the most; bounded
     * @param totals over all of them, shown or not; empty if they were not asked for
     */
    record Answer(List<ReplicationSlot> shown, Optional<SlotTotals> totals) {

        static final Answer UNASKED = new Answer(List.of(), Optional.empty());
    }

    /*
     * Windows are reckoned before the list is cut. The greatest of NULL and 0 is 0, which unknown must not become. The
     * view above the function looks up the name of each slot's database, which nobody here asks for.
     */
    static final String COLUMN = """
            (SELECT json_agg(slot)
             FROM (SELECT slot_name, active, wal_status, safe_wal_size, retained_bytes,
                          count(*) OVER () AS slots,
                          count(*) FILTER (WHERE active) OVER () AS active_slots,
                          count(*) FILTER (WHERE wal_status = 'lost') OVER () AS lost_slots,
                          max(retained_bytes) OVER () AS most_retained
                   FROM (SELECT slot.*,
                                CASE WHEN slot.restart_lsn IS NOT NULL
                                     THEN greatest(0, pg_wal_lsn_diff(now.position, slot.restart_lsn))
                                END AS retained_bytes
                         FROM pg_get_replication_slots() slot
                         CROSS JOIN LATERAL %s) slots
                   ORDER BY wal_status IS NOT DISTINCT FROM 'lost' DESC, retained_bytes DESC NULLS LAST, slot_name
                   LIMIT 100) slot) AS slots""".formatted(WalPositionSql.afterReading("slot.slot_name"));

    private SlotsPart() {}

    static Answer read(ResultSet row) throws SQLException {
        List<JsonRows.Row> rows = JsonRows.in(row, "slots");
        List<ReplicationSlot> shown = rows.stream()
                .map(slot -> new ReplicationSlot(
                        slot.label("slot_name"),
                        slot.flag("active"),
                        slot.label("wal_status"),
                        slot.bytes("retained_bytes"),
                        slot.bytes("safe_wal_size")))
                .toList();
        SlotTotals totals = rows.stream()
                .findFirst()
                .map(any -> new SlotTotals(
                        any.number("slots"),
                        any.number("active_slots"),
                        any.number("lost_slots"),
                        any.bytes("most_retained")))
                .orElseGet(() -> SlotTotals.of(shown));
        return new Answer(shown, Optional.of(totals));
    }
}

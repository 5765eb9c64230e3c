package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ShortText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** How a standby receives and replays; always one row, with or without a WAL receiver. */
final class StandbyQuestion implements Question<RoleState.Standby> {

    /*
     * The age of the last replayed commit is left out on purpose: it says 0 while the primary is frozen and climbs while
     * the primary is idle. A receiver that starts anew counts from the start of a segment, behind what was replayed:
     * the replayed position among the arguments of greatest() keeps such a distance from being negative, while NULL
     * stays NULL. Each position is read once: read twice, the second may be the further one.
     */
    @Override
    public String sql() {
        return """
                SELECT w.status, w.slot_name,
                       CASE WHEN w.status = 'streaming'
                            THEN pg_wal_lsn_diff(greatest(w.latest_end_lsn, here.received, here.replayed), here.replayed)
                       END AS replay_bytes,
                       CASE WHEN here.received IS NOT NULL
                            THEN pg_wal_lsn_diff(greatest(here.received, here.replayed), here.replayed)
                       END AS apply_queue_bytes,
                       extract(epoch FROM clock_timestamp() - w.last_msg_receipt_time) AS silence,
                       here.replayed AS replay_position,
                       pg_get_wal_replay_pause_state() <> 'not paused' AS paused,
                       (SELECT setting::bigint FROM pg_settings
                        WHERE name = 'recovery_min_apply_delay' AND unit = 'ms') / 1000.0 AS apply_delay
                FROM (SELECT pg_last_wal_replay_lsn() AS replayed, pg_last_wal_receive_lsn() AS received OFFSET 0) here
                LEFT JOIN pg_stat_wal_receiver w ON true""";
    }

    @Override
    public RoleState.Standby map(ResultSet rows) throws SQLException {
        rows.next();
        String status = rows.getString("status");
        Optional<RoleState.WalReceiver> receiver = status == null
                ? Optional.empty()
                : Optional.of(new RoleState.WalReceiver(
                        ShortText.of(status),
                        Columns.bytes(rows, "replay_bytes"),
                        Columns.age(rows, "silence"),
                        Optional.of(Columns.label(rows, "slot_name")).filter(slot -> !slot.isEmpty())));
        return new RoleState.Standby(
                receiver,
                Columns.lsn(rows, "replay_position"),
                Columns.bytes(rows, "apply_queue_bytes"),
                rows.getBoolean("paused"),
                Columns.age(rows, "apply_delay").orElse(Duration.ZERO));
    }
}

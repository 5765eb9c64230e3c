package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ShortText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** How a standby receives and replays, with or without a WAL receiver. */
final class StandbyPart {

    /*
     * The age of the last replayed commit is left out on purpose: it says 0 while the primary is frozen and climbs
     * while the primary is idle. The replayed position among the arguments of greatest() keeps a distance from being
     * negative, while NULL stays NULL. The setting comes with its unit, which an interval understands.
     */
    static final String COLUMNS = """
            receiver.status, receiver.slot_name,
            CASE WHEN receiver.status = 'streaming'
                 THEN pg_wal_lsn_diff(greatest(receiver.latest_end_lsn, here.received, here.replayed), here.replayed)
            END AS replay_bytes,
            CASE WHEN here.received IS NOT NULL
                 THEN pg_wal_lsn_diff(greatest(here.received, here.replayed), here.replayed)
            END AS apply_queue_bytes,
            extract(epoch FROM clock_timestamp() - receiver.last_msg_receipt_time) AS silence,
            here.replayed AS replay_position,
            CASE WHEN here.in_recovery THEN pg_get_wal_replay_pause_state() <> 'not paused' END AS paused,
            extract(epoch FROM current_setting('recovery_min_apply_delay')::interval) AS apply_delay,
            CASE WHEN here.in_recovery AND pg_has_role(current_user, 'pg_read_all_settings', 'USAGE')
                 THEN current_setting('primary_conninfo') = '' AND current_setting('restore_command') <> ''
            END AS from_archive""";

    private StandbyPart() {}

    static RoleState.Standby read(ResultSet row) throws SQLException {
        String status = row.getString("status");
        Optional<RoleState.WalReceiver> receiver = status == null
                ? Optional.empty()
                : Optional.of(new RoleState.WalReceiver(
                        ShortText.of(status),
                        Columns.bytes(row, "replay_bytes"),
                        Columns.age(row, "silence"),
                        Optional.of(Columns.label(row, "slot_name")).filter(slot -> !slot.isEmpty())));
        return new RoleState.Standby(
                receiver,
                Columns.lsn(row, "replay_position"),
                Columns.bytes(row, "apply_queue_bytes"),
                Columns.flag(row, "paused"),
                Columns.age(row, "apply_delay").orElse(Duration.ZERO),
                row.getBoolean("from_archive"));
    }
}

package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.WalSender;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The standbys that stream from a server, be it a primary or the upstream of a cascade. */
final class WalSendersQuestion implements Question<List<WalSender>> {

    /*
     * Base backups, rewinds and subscribers stream too, and are no standbys; those that a name doesn't give away are known
     * by not acknowledging what they replay. Where the server stands is read after each row, so that no standby is ahead of
     * it. The limit bounds what a strange server can make us hold: whoever is waited for or acknowledges comes first.
     */
    @Override
    public String sql() {
        return """
                SELECT application_name, state, sync_state,
                       pg_wal_lsn_diff(here.position, sent_lsn) AS sent_bytes,
                       pg_wal_lsn_diff(here.position, write_lsn) AS write_bytes,
                       pg_wal_lsn_diff(here.position, flush_lsn) AS flush_bytes,
                       pg_wal_lsn_diff(here.position, replay_lsn) AS replay_bytes,
                       extract(epoch FROM replay_lag) AS replay_lag
                FROM pg_stat_replication sender
                CROSS JOIN LATERAL (SELECT sender.pid,
                                           CASE WHEN pg_is_in_recovery()
                                                THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                                                ELSE pg_current_wal_lsn()
                                           END AS position) here
                WHERE state <> 'backup' AND application_name NOT IN ('pg_basebackup', 'pg_rewind', 'pg_receivewal')
                  AND NOT EXISTS (SELECT FROM pg_replication_slots slot
                                  WHERE slot.active_pid = sender.pid AND slot.slot_type = 'logical')
                ORDER BY sync_state = 'async', replay_lsn IS NULL, application_name, sender.pid
                LIMIT 100""";
    }

    @Override
    public List<WalSender> map(ResultSet rows) throws SQLException {
        List<WalSender> senders = new ArrayList<>();
        while (rows.next()) {
            senders.add(new WalSender(
                    Columns.label(rows, "application_name"),
                    Columns.label(rows, "state"),
                    Columns.label(rows, "sync_state"),
                    Columns.bytes(rows, "sent_bytes"),
                    Columns.bytes(rows, "write_bytes"),
                    Columns.bytes(rows, "flush_bytes"),
                    Columns.bytes(rows, "replay_bytes"),
                    Columns.seconds(rows, "replay_lag")));
        }
        return senders;
    }
}

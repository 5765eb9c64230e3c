package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.WalSender;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whoever receives log from a server, be it a primary or the upstream of a cascade. */
final class WalSendersQuestion implements Question<WalSendersQuestion.Answer> {

    /**
     * What it says.
     *
     * @param shown those that commits wait for first, then those that acknowledge, and strangers last; bounded
     * @param leftOut how many more there are
     */
    record Answer(List<WalSender> shown, long leftOut) {}

    private static final Set<String> RECEIVERS = Set.of("pg_rewind", "pg_receivewal");

    /*
     * Base backups, rewinds and subscribers stream too, and are no standbys. Where the server stands is read after each row,
     * so that no standby is ahead of it. The limit bounds what a strange server can make us hold: whoever is waited for comes
     * first, then whoever acknowledges what it replays.
     */
    @Override
    public String sql() {
        return """
                SELECT application_name, state, sync_state,
                       pg_wal_lsn_diff(here.position, sent_lsn) AS sent_bytes,
                       pg_wal_lsn_diff(here.position, write_lsn) AS write_bytes,
                       pg_wal_lsn_diff(here.position, flush_lsn) AS flush_bytes,
                       pg_wal_lsn_diff(here.position, replay_lsn) AS replay_bytes,
                       extract(epoch FROM replay_lag) AS replay_lag,
                       slot.slot_name AS slot, slot.slot_type IS NOT DISTINCT FROM 'logical' AS logical,
                       count(*) OVER () AS senders
                FROM pg_stat_replication sender
                LEFT JOIN pg_replication_slots slot ON slot.active_pid = sender.pid
                CROSS JOIN LATERAL (SELECT sender.pid,
                                           CASE WHEN pg_is_in_recovery()
                                                THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                                                ELSE pg_current_wal_lsn()
                                           END AS position) here
                ORDER BY sync_state = 'async', replay_lsn IS NULL,
                         slot.slot_type IS NOT DISTINCT FROM 'logical', application_name, sender.pid
                LIMIT 100""";
    }

    @Override
    public Answer map(ResultSet rows) throws SQLException {
        List<WalSender> senders = new ArrayList<>();
        long all = 0;
        while (rows.next()) {
            senders.add(new WalSender(
                    kind(rows),
                    Columns.label(rows, "application_name"),
                    Columns.label(rows, "state"),
                    Columns.label(rows, "sync_state"),
                    Columns.bytes(rows, "sent_bytes"),
                    Columns.bytes(rows, "write_bytes"),
                    Columns.bytes(rows, "flush_bytes"),
                    Columns.bytes(rows, "replay_bytes"),
                    Columns.seconds(rows, "replay_lag"),
                    Optional.of(Columns.label(rows, "slot")).filter(slot -> !slot.isEmpty())));
            all = rows.getLong("senders");
        }
        return new Answer(senders, Math.max(0, all - senders.size()));
    }

    private static WalSender.Kind kind(ResultSet row) throws SQLException {
        String name = Columns.label(row, "application_name");
        if (row.getBoolean("logical")) {
            return WalSender.Kind.SUBSCRIBER;
        }
        if ("backup".equals(Columns.label(row, "state")) || "pg_basebackup".equals(name)) {
            return WalSender.Kind.BASE_BACKUP;
        }
        boolean tells = Columns.bytes(row, "replay_bytes").isPresent();
        return tells && !RECEIVERS.contains(name) ? WalSender.Kind.STANDBY : WalSender.Kind.RECEIVER;
    }
}

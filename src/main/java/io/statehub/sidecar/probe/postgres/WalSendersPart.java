package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.WalSender;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whoever receives log from a server, whether a primary or the upstream of a cascade. */
final class WalSendersPart {

    /**
     * What it says.
     *
     * @param shown those that commits wait for first, then those that acknowledge, and strangers last; bounded
     * @param leftOut how many more there are
     */
    record Answer(List<WalSender> shown, long leftOut) {

        static final Answer NONE = new Answer(List.of(), 0);
    }

    private static final Set<String> RECEIVERS = Set.of("pg_rewind", "pg_receivewal");

    /*
     * Base backups, rewinds and subscribers stream too, and are no standbys. The limit bounds what a strange server can
     * make us hold: whoever is waited for comes first, then whoever acknowledges what it replays.
     *
     * The functions below the views: pg_stat_replication lists all sessions even where nothing is sent, and each view
     * looks names up in the catalogue that nobody here asks for.
     */
    static final String COLUMN = """
            (SELECT json_agg(sender)
             FROM (SELECT session.application_name, sender.state, sync_state,
                          pg_wal_lsn_diff(now.position, sent_lsn) AS sent_bytes,
                          pg_wal_lsn_diff(now.position, write_lsn) AS write_bytes,
                          pg_wal_lsn_diff(now.position, flush_lsn) AS flush_bytes,
                          pg_wal_lsn_diff(now.position, replay_lsn) AS replay_bytes,
                          extract(epoch FROM replay_lag) AS replay_lag,
                          slot.slot_name AS slot, slot.slot_type IS NOT DISTINCT FROM 'logical' AS logical,
                          count(*) OVER () AS senders
                   FROM pg_stat_get_wal_senders() sender
                   CROSS JOIN LATERAL pg_stat_get_activity(sender.pid) session
                   LEFT JOIN pg_get_replication_slots() slot ON slot.active_pid = sender.pid
                   CROSS JOIN LATERAL %s
                   ORDER BY sync_state = 'async', replay_lsn IS NULL,
                            slot.slot_type IS NOT DISTINCT FROM 'logical', session.application_name, sender.pid
                   LIMIT 100) sender) AS senders""".formatted(WalPositionSql.afterReading("sender.pid"));

    private WalSendersPart() {}

    static Answer read(ResultSet row) throws SQLException {
        List<JsonRows.Row> rows = JsonRows.in(row, "senders");
        List<WalSender> shown = rows.stream()
                .map(sender -> new WalSender(
                        kind(sender),
                        sender.label("application_name"),
                        sender.label("state"),
                        sender.label("sync_state"),
                        sender.bytes("sent_bytes"),
                        sender.bytes("write_bytes"),
                        sender.bytes("flush_bytes"),
                        sender.bytes("replay_bytes"),
                        sender.seconds("replay_lag").filter(lag -> !lag.isNegative()),
                        Optional.of(sender.label("slot")).filter(slot -> !slot.isEmpty())))
                .toList();
        long all = rows.isEmpty() ? 0 : rows.get(0).number("senders");
        return new Answer(shown, Math.max(0, all - shown.size()));
    }

    private static WalSender.Kind kind(JsonRows.Row sender) {
        String name = sender.label("application_name");
        if (sender.flag("logical")) {
            return WalSender.Kind.SUBSCRIBER;
        }
        if ("backup".equals(sender.label("state")) || "pg_basebackup".equals(name)) {
            return WalSender.Kind.BASE_BACKUP;
        }
        boolean tells = sender.bytes("replay_bytes").isPresent();
        return tells && !RECEIVERS.contains(name) ? WalSender.Kind.STANDBY : WalSender.Kind.RECEIVER;
    }
}

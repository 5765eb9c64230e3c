package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.RoleState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What a primary's archiver did. A demoted primary keeps its old values, so a standby isn't asked. */
final class ArchiverQuestion implements Question<Optional<RoleState.Archiver>> {

    /* Both times are of the server's own clock, so they may be compared with one another and with its present. */
    @Override
    public String sql() {
        return """
                SELECT archived_count, failed_count, last_failed_wal,
                       last_failed_time IS NOT NULL
                           AND last_failed_time > coalesce(last_archived_time, '-infinity') AS failing,
                       extract(epoch FROM clock_timestamp() - last_archived_time) AS since_last_archived
                FROM pg_stat_archiver
                WHERE current_setting('archive_mode') <> 'off'""";
    }

    @Override
    public Optional<RoleState.Archiver> map(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        return Optional.of(new RoleState.Archiver(
                rows.getLong("archived_count"),
                rows.getLong("failed_count"),
                rows.getBoolean("failing"),
                Optional.ofNullable(rows.getString("last_failed_wal")),
                Columns.seconds(rows, "since_last_archived")));
    }
}

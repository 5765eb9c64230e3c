package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How far a primary's log is safe on its own disk. */
final class FlushedPositionQuestion implements Question<Lsn> {

    @Override
    public String sql() {
        return "SELECT pg_current_wal_flush_lsn() AS position";
    }

    @Override
    public Lsn map(ResultSet rows) throws SQLException {
        rows.next();
        return Lsn.parse(rows.getString("position"));
    }
}

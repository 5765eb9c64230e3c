package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** How far a primary's log is safe on its own disk. */
final class FlushedPositionQuestion implements Question<Lsn> {

    private static final String SQL = "SELECT pg_current_wal_flush_lsn() AS position";

    @Override
    public String sql() {
        return SQL;
    }

    @Override
    public Optional<Prepared> prepared() {
        return Optional.of(new Prepared("statehub_position", session -> SQL));
    }

    @Override
    public Lsn map(ResultSet rows) throws SQLException {
        rows.next();
        return Lsn.parse(rows.getString("position"));
    }
}

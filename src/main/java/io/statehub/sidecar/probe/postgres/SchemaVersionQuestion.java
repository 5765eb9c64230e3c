package io.statehub.sidecar.probe.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;

/** Of which version the schema for heartbeats is; empty if it doesn't say. */
record SchemaVersionQuestion(String schema) implements Question<OptionalInt> {

    @Override
    public String sql() {
        return "SELECT max(version) AS version FROM " + HeartbeatSchema.quoted(schema) + ".schema_version";
    }

    @Override
    public OptionalInt map(ResultSet rows) throws SQLException {
        rows.next();
        int version = rows.getInt("version");
        return rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(version);
    }
}

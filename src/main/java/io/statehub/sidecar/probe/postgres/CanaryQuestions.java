package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is asked about the rows of one drill in the table for canaries. */
final class CanaryQuestions {

    static final String TABLE = "canary";

    /** Rows in one answer, which keeps it well below what a server may say in one probe. */
    static final int PAGE = 2000;

    private CanaryQuestions() {}

    private static String table(String schema) {
        return HeartbeatSchema.quoted(schema) + "." + TABLE;
    }

    /** Writes one row; what was said at the commit, above all that it didn't wait for its standbys. */
    record Write(String schema, Beat row) implements Question<Optional<String>> {
        @Override
        public String sql() {
            return "INSERT INTO " + table(schema) + " (drill, sequence) VALUES (?, ?) RETURNING sequence";
        }

        @Override
        public void bind(PreparedStatement statement) throws SQLException {
            statement.setString(1, row.run());
            statement.setLong(2, row.sequence());
        }

        @Override
        public Optional<String> map(ResultSet rows) throws SQLException {
            // Here the whole answer is in, so the commit is over and whatever it warned of is known.
            SQLWarning warning = rows.getStatement().getWarnings();
            Columns.oneRow(rows);
            return Optional.ofNullable(warning).map(SQLWarning::getMessage);
        }
    }

    /** The next rows of a drill, in order. */
    record Held(String schema, String drill, long after) implements Question<List<Long>> {
        @Override
        public String sql() {
            return "SELECT sequence FROM " + table(schema)
                    + " WHERE drill = ? AND sequence > ? ORDER BY sequence LIMIT " + PAGE;
        }

        @Override
        public void bind(PreparedStatement statement) throws SQLException {
            statement.setString(1, drill);
            statement.setLong(2, after);
        }

        @Override
        public List<Long> map(ResultSet rows) throws SQLException {
            List<Long> held = new ArrayList<>();
            while (rows.next()) {
                held.add(rows.getLong("sequence"));
            }
            return held;
        }
    }

    /** The newest row of a drill that a server shows; 0 if it shows none. */
    record Newest(String schema, String drill) implements Question<Long> {
        @Override
        public String sql() {
            return "SELECT coalesce(max(sequence), 0) AS newest FROM " + table(schema) + " WHERE drill = ?";
        }

        @Override
        public void bind(PreparedStatement statement) throws SQLException {
            statement.setString(1, drill);
        }

        @Override
        public Long map(ResultSet rows) throws SQLException {
            Columns.oneRow(rows);
            return rows.getLong("newest");
        }
    }

    /** Deletes the rows of a drill; how many they were. */
    record Delete(String schema, String drill) implements Question<Long> {
        @Override
        public String sql() {
            return "WITH gone AS (DELETE FROM " + table(schema)
                    + " WHERE drill = ? RETURNING 1) SELECT count(*) AS rows FROM gone";
        }

        @Override
        public void bind(PreparedStatement statement) throws SQLException {
            statement.setString(1, drill);
        }

        @Override
        public Long map(ResultSet rows) throws SQLException {
            Columns.oneRow(rows);
            return rows.getLong("rows");
        }
    }

    /** Whether the table is there and may be used, asked of the catalogue. */
    record Usable(String schema) implements Question<Usable.Answer> {

        /** What was found. */
        record Answer(String role, boolean present, boolean allowed) {}

        @Override
        public String sql() {
            return """
                    SELECT current_user AS role,
                           c.oid IS NOT NULL AS present,
                           coalesce(has_schema_privilege(n.oid, 'USAGE')
                                    AND has_table_privilege(c.oid, 'SELECT')
                                    AND has_table_privilege(c.oid, 'INSERT')
                                    AND has_table_privilege(c.oid, 'DELETE'), false) AS allowed
                    FROM (SELECT 1) one
                         LEFT JOIN pg_namespace n ON n.nspname = ?
                         LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'canary'
                             AND c.relkind IN ('r', 'p')""";
        }

        @Override
        public void bind(PreparedStatement statement) throws SQLException {
            statement.setString(1, schema);
        }

        @Override
        public Answer map(ResultSet rows) throws SQLException {
            Columns.oneRow(rows);
            return new Answer(rows.getString("role"), Columns.flag(rows, "present"), Columns.flag(rows, "allowed"));
        }
    }
}

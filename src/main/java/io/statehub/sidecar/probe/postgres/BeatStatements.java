package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of the heartbeats' tables, each statement in one round trip and one transaction of its own.
 *
 * @param schema a plain lower-case identifier, so that it needs no quotes
 * @param writer the name under which we write
 * @param history how many beats a writer has slots for
 */
record BeatStatements(String schema, String writer, int history) {

    private static final int MOST_RANGES = 1000;

    /** The version of the schema; empty if its table is. */
    Optional<Integer> version(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT max(version) FROM " + schema + ".schema_version");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            int version = rows.getInt(1);
            return rows.wasNull() ? Optional.empty() : Optional.of(version);
        }
    }

    /**
     * A writer's row.
     *
     * @param run which run of the writer has the name
     * @param sequence its newest beat; 0 if there is none yet
     */
    record Row(String run, long sequence) {}

    /** The newest beat of our writer that the server holds. */
    Optional<Beat> newest(Connection connection) throws SQLException {
        return row(connection).filter(row -> row.sequence() > 0).map(row -> new Beat(row.run(), row.sequence()));
    }

    Optional<Row> row(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(rowSql())) {
            statement.setString(1, writer);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Row(rows.getString("run"), rows.getLong("sequence")))
                        : Optional.empty();
            }
        }
    }

    private String rowSql() {
        return "SELECT run, sequence FROM " + schema + ".writer WHERE writer = ?";
    }

    /** The beats that the server holds of our writer: consecutive ones have the same distance from their row's number. */
    HeldBeats held(Connection connection) throws SQLException {
        String sql = """
                SELECT run, min(sequence) AS first, max(sequence) AS last
                FROM (SELECT run, sequence,
                             sequence - row_number() OVER (PARTITION BY run ORDER BY sequence) AS island
                      FROM %s.beat WHERE writer = ?) numbered
                GROUP BY run, island
                ORDER BY max(sequence) DESC
                LIMIT %d""".formatted(schema, MOST_RANGES);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, writer);
            try (ResultSet rows = statement.executeQuery()) {
                List<HeldBeats.Range> ranges = new ArrayList<>();
                while (rows.next()) {
                    ranges.add(new HeldBeats.Range(rows.getString("run"), rows.getLong("first"), rows.getLong("last")));
                }
                return new HeldBeats(ranges);
            }
        }
    }

    /** Puts our run into the writer's row, whoever is in it. */
    void takeOver(Connection connection, String run) throws SQLException {
        String sql = """
                INSERT INTO %s.writer AS w (writer, run, sequence) VALUES (?, ?, 0)
                ON CONFLICT (writer) DO UPDATE SET run = excluded.run, sequence = excluded.sequence""".formatted(schema);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, writer);
            statement.setString(2, run);
            statement.executeUpdate();
        }
    }

    /**
     * Writes a beat. One statement, so that its commit is the server's last word on it: what it warns of came with the
     * commit.
     *
     * @return whether our run has the writer's row; if not, nothing was written
     */
    Outcome write(Connection connection, Beat beat) throws SQLException {
        String sql = """
                WITH mine AS (
                    UPDATE %1$s.writer SET sequence = ? WHERE writer = ? AND run = ? RETURNING writer
                ), kept AS (
                    INSERT INTO %1$s.beat (writer, slot, run, sequence) SELECT writer, ?, ?, ? FROM mine
                    ON CONFLICT (writer, slot) DO UPDATE SET run = excluded.run, sequence = excluded.sequence
                )
                SELECT count(*) FROM mine""".formatted(schema);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, beat.sequence());
            statement.setString(2, writer);
            statement.setString(3, beat.run());
            statement.setLong(4, beat.sequence() % history);
            statement.setString(5, beat.run());
            statement.setLong(6, beat.sequence());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                boolean ours = rows.getLong(1) == 1;
                return new Outcome(ours, Optional.ofNullable(statement.getWarnings()));
            }
        }
    }

    /**
     * What the server said of a beat.
     *
     * @param ours whether our run has the writer's row; if not, nothing was written
     * @param warning what it warned of at the commit
     */
    record Outcome(boolean ours, Optional<SQLWarning> warning) {}

    /** Where the log stands now. */
    Lsn position(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_current_wal_flush_lsn()");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return Lsn.parse(rows.getString(1));
        }
    }
}

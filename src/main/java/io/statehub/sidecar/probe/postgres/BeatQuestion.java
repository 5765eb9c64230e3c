package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes one beat, in a transaction of its own. It writes nothing if the name is another process's.
 *
 * @param replaceable a row of another run that may be taken over, exactly as it is here
 */
record BeatQuestion(HeartbeatWriter writer, Beat beat, Optional<Beat> replaceable)
        implements Question<BeatQuestion.Answer> {

    /**
     * What the server said.
     *
     * @param owned whether the name is ours, and the beat was written
     * @param warning what was said at the commit, above all that it didn't wait for its standbys; empty if nothing
     */
    record Answer(boolean owned, Optional<String> warning) {}

    @Override
    public String sql() {
        return sql(Long.toString(beat.sequence()));
    }

    /** What may be replaced is part of it, and stays the same for as long as nobody else uses our name. */
    @Override
    public Optional<Prepared> prepared() {
        String name = "statehub_beat"
                + replaceable
                        .map(it -> "_after_" + Long.toHexString(it.sequence()))
                        .orElse("");
        return Optional.of(new Prepared(name, session -> sql("$1"), OptionalLong.of(beat.sequence())));
    }

    private String sql(String sequence) {
        return """
                WITH owned AS (
                    INSERT INTO %1$s AS present (writer, run, sequence) VALUES (?, ?, %3$s)
                    ON CONFLICT (writer) DO UPDATE
                    SET run = excluded.run, sequence = excluded.sequence, written_at = excluded.written_at
                    WHERE present.run = excluded.run OR present.run = ? AND present.sequence = ?
                    RETURNING writer, run, sequence
                ), written AS (
                    INSERT INTO %2$s (writer, slot, run, sequence)
                    SELECT writer, sequence %% ?, run, sequence FROM owned
                    ON CONFLICT (writer, slot) DO UPDATE SET run = excluded.run, sequence = excluded.sequence
                )
                SELECT count(*) = 1 AS owned FROM owned\
                """.formatted(writer.table("writer"), writer.table("beat"), sequence);
    }

    @Override
    public void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, writer.name());
        statement.setString(2, beat.run());
        statement.setString(3, replaceable.map(Beat::run).orElse(beat.run()));
        statement.setLong(4, replaceable.map(Beat::sequence).orElse(0L));
        statement.setInt(5, writer.history());
    }

    @Override
    public Answer map(ResultSet rows) throws SQLException {
        // Here the whole answer is in, so the commit is over and whatever it warned of is known.
        SQLWarning warning = rows.getStatement().getWarnings();
        Columns.oneRow(rows);
        return new Answer(
                Columns.flag(rows, "owned"), Optional.ofNullable(warning).map(SQLWarning::getMessage));
    }
}

package io.statehub.sidecar.probe.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Deletes the beats of writers that have been silent for a week: pods get new names with every rollout, and would leave
 * their beats behind for ever. Answers how many writers they were.
 */
record ForgottenWritersQuestion(HeartbeatWriter writer) implements Question<Long> {

    @Override
    public String sql() {
        return """
                WITH forgotten AS (
                    DELETE FROM %1$s WHERE written_at < now() - interval '7 days' RETURNING writer
                ), pruned AS (
                    DELETE FROM %2$s beat USING forgotten WHERE beat.writer = forgotten.writer
                )
                SELECT count(*) AS writers FROM forgotten""".formatted(writer.table("writer"), writer.table("beat"));
    }

    @Override
    public Long map(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getLong("writers");
    }
}

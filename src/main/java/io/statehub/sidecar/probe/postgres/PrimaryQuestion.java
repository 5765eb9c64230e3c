package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ShortText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** What only a primary is asked: its archiver, and what its commits wait for. Always one row. */
final class PrimaryQuestion implements Question<PrimaryQuestion.Answer> {

    /**
     * What it says.
     *
     * @param waiters sessions that wait for a synchronous standby, those in their state for longest first; bounded
     */
    record Answer(
            Optional<RoleState.Archiver> archiver,
            String standbyNames,
            boolean commitsWait,
            long waiting,
            Set<String> waiters) {}

    /*
     * A demoted primary keeps its archiver's old values, so a standby isn't asked. Both times are of the server's own
     * clock, so they may be compared with one another and with its present.
     *
     * reset_val is what a session of our role begins with, which is that of the others unless somebody set it by role.
     * How long a session waits isn't told: the moment at which it came into its state only tells one wait from the next.
     */
    @Override
    public String sql() {
        return """
                SELECT current_setting('archive_mode') <> 'off' AS archives, archived_count, failed_count, last_failed_wal,
                       last_failed_time IS NOT NULL
                           AND last_failed_time > coalesce(last_archived_time, '-infinity') AS failing,
                       extract(epoch FROM clock_timestamp() - last_archived_time) AS since_last_archived,
                       current_setting('synchronous_standby_names') AS standby_names,
                       (SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit')
                           NOT IN ('off', 'local') AS commits_wait,
                       (SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep') AS waiting,
                       (SELECT string_agg(waiter, ',')
                        FROM (SELECT pid || '@' || extract(epoch FROM state_change) AS waiter
                              FROM pg_stat_activity WHERE wait_event = 'SyncRep'
                              ORDER BY state_change, pid LIMIT 20) oldest) AS waiters
                FROM pg_stat_archiver""";
    }

    @Override
    public Answer map(ResultSet rows) throws SQLException {
        rows.next();
        Optional<RoleState.Archiver> archiver = rows.getBoolean("archives")
                ? Optional.of(new RoleState.Archiver(
                        rows.getLong("archived_count"),
                        rows.getLong("failed_count"),
                        rows.getBoolean("failing"),
                        Optional.ofNullable(rows.getString("last_failed_wal")).map(ShortText::of),
                        Columns.age(rows, "since_last_archived")))
                : Optional.empty();
        String waiters = Columns.textOrEmpty(rows, "waiters");
        return new Answer(
                archiver,
                Columns.textOrEmpty(rows, "standby_names"),
                rows.getBoolean("commits_wait"),
                rows.getLong("waiting"),
                waiters.isEmpty() ? Set.of() : Set.of(waiters.split(",")));
    }
}

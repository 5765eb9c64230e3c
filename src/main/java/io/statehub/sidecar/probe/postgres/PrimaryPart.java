package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ShortText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** What only a primary is asked: its archiver, and what its commits wait for. */
final class PrimaryPart {

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
     * Both times are of the server's own clock, so they may be compared with one another and with its present.
     *
     * How a session of our role begins is taken for how the others do, unless somebody set it by role. How long a
     * session waits isn't told: the moment at which it came into its state only tells one wait from the next.
     */
    private static final String COLUMNS = """
            current_setting('archive_mode') <> 'off' AS archives,
            archiver.archived_count, archiver.failed_count, archiver.last_failed_wal,
            archiver.last_failed_time IS NOT NULL
                AND archiver.last_failed_time > coalesce(archiver.last_archived_time, '-infinity') AS failing,
            extract(epoch FROM clock_timestamp() - archiver.last_archived_time) AS since_last_archived,
            current_setting('synchronous_standby_names') AS standby_names,
            %s NOT IN ('off', 'local') AS commits_wait,
            waiters.waiting, waiters.oldest""";

    /*
     * A demoted primary keeps its archiver's old values, so a standby isn't asked. Nobody waits on a standby: then the
     * list of all sessions isn't made, which a condition of the join wouldn't save. Where no standbys are named it is
     * made all the same: whoever waited when the last was taken off the list may wait on.
     */
    static final String JOINS = """
            LEFT JOIN pg_stat_archiver archiver ON NOT here.in_recovery
            LEFT JOIN LATERAL
                (SELECT count(*) AS waiting,
                        array_to_string((array_agg(pid || '@' || extract(epoch FROM state_change)
                                                   ORDER BY state_change, pid))[1:20], ',') AS oldest
                 FROM pg_stat_get_activity(NULL)
                 WHERE wait_event = 'SyncRep' AND NOT here.in_recovery) waiters ON true""";

    private PrimaryPart() {}

    /** As they are asked for in any session. */
    static String columns() {
        return COLUMNS.formatted("(SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit')");
    }

    /** As they are asked for where nobody else sets anything: the other way costs as much as all the rest. */
    static String columnsWhereNobodySets() {
        return COLUMNS.formatted("current_setting('synchronous_commit')");
    }

    static Answer read(ResultSet row) throws SQLException {
        Optional<RoleState.Archiver> archiver = Columns.flag(row, "archives")
                ? Optional.of(new RoleState.Archiver(
                        Columns.number(row, "archived_count"),
                        Columns.number(row, "failed_count"),
                        Columns.flag(row, "failing"),
                        Optional.ofNullable(row.getString("last_failed_wal")).map(ShortText::of),
                        Columns.age(row, "since_last_archived")))
                : Optional.empty();
        String waiters = Columns.textOrEmpty(row, "oldest");
        return new Answer(
                archiver,
                Columns.textOrEmpty(row, "standby_names"),
                Columns.flag(row, "commits_wait"),
                Columns.number(row, "waiting"),
                waiters.isEmpty() ? Set.of() : Set.of(waiters.split(",")));
    }
}

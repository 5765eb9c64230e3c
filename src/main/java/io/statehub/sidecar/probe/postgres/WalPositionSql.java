package io.statehub.sidecar.probe.postgres;

/**
 * What questions about a server have in common: whether it is in recovery and where it stands, read once a statement.
 */
final class WalPositionSql {

    /*
     * Each is read once and at one moment: read twice, the second may be the further one, and a promotion may lie
     * between. A receiver that starts again counts from the start of a segment, behind what was replayed: hence
     * greatest().
     */
    static final String HERE = """
            (SELECT moment.*,
                    CASE WHEN in_recovery THEN greatest(received, replayed) ELSE pg_current_wal_lsn() END AS position
             FROM (SELECT pg_is_in_recovery() AS in_recovery,
                          pg_last_wal_replay_lsn() AS replayed,
                          pg_last_wal_receive_lsn() AS received
                   OFFSET 0) moment
             OFFSET 0) here
            LEFT JOIN pg_stat_wal_receiver receiver ON here.in_recovery""";

    private WalPositionSql() {}

    /** Where it stands by the time at which a row was read, for no row to be ahead of it. */
    static String afterReading(String row) {
        return """
                (SELECT %s,
                        CASE WHEN here.in_recovery
                             THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                             ELSE pg_current_wal_lsn()
                        END AS position) now""".formatted(row);
    }
}

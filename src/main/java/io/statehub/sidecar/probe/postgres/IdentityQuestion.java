package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Which server this is, its role, and what we may see there. */
final class IdentityQuestion implements Question<IdentityQuestion.Answer> {

    record Answer(ServerIdentity identity, MemberRole role, boolean readOnly, boolean statisticsVisible) {

        Answer withoutStatistics() {
            return new Answer(identity, role, readOnly, false);
        }
    }

    /*
     * pg_control_checkpoint().timeline_id is stale after a promotion until the next checkpoint, so a primary's timeline
     * is read from the name of the segment that it writes.
     */
    private static final String COLUMNS = """
            here.in_recovery,
            current_setting('transaction_read_only')::boolean AS read_only,
            pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS statistics_visible,
            %s AS system_identifier,
            CASE WHEN here.in_recovery
                 THEN receiver.received_tli
                 ELSE ('x' || substr(pg_walfile_name(here.position), 1, 8))::bit(32)::bigint
            END AS timeline,
            here.position,
            pg_postmaster_start_time() AS postmaster_start""";

    @Override
    public String sql() {
        return sql(columns());
    }

    @Override
    public Optional<Prepared> prepared() {
        return Optional.of(new Prepared("statehub_identity", session -> sql(columns(session))));
    }

    private static String sql(String columns) {
        return "SELECT " + columns + "\nFROM " + WalPositionSql.HERE;
    }

    /** As they are asked for in any session. */
    static String columns() {
        return COLUMNS.formatted("(SELECT system_identifier FROM pg_control_system())");
    }

    /**
     * As they are asked for in one of ours: the system identifier is in a file of the server, to read which takes as
     * long as all the rest, and a run of a server has one for good.
     */
    static String columns(Session ours) {
        return COLUMNS.formatted("'" + ours.start().systemIdentifier().getAsLong() + "'::bigint");
    }

    @Override
    public Answer map(ResultSet rows) throws SQLException {
        Columns.oneRow(rows);
        return read(rows);
    }

    static Answer read(ResultSet row) throws SQLException {
        ServerIdentity identity = new ServerIdentity(
                new SystemIdentifier(Columns.number(row, "system_identifier")),
                Columns.timeline(row, "timeline"),
                Columns.lsn(row, "position"),
                Columns.instant(row, "postmaster_start"));
        MemberRole role = Columns.flag(row, "in_recovery") ? MemberRole.STANDBY : MemberRole.PRIMARY;
        return new Answer(identity, role, Columns.flag(row, "read_only"), Columns.flag(row, "statistics_visible"));
    }
}

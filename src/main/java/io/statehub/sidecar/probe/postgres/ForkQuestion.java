package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.Timeline;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Where exactly a primary's timeline left the one before; for a role that may read the server's files. */
record ForkQuestion(Timeline timeline) implements Question<Optional<Lsn>> {

    /** Whether our role may: a question of its own, since a server checks rights before it looks at any condition. */
    static final class Allowed implements Question<Boolean> {
        @Override
        public String sql() {
            return "SELECT has_function_privilege('pg_read_file(text,bigint,bigint,boolean)', 'EXECUTE') AS allowed";
        }

        @Override
        public Boolean map(ResultSet rows) throws SQLException {
            rows.next();
            return rows.getBoolean("allowed");
        }
    }

    /* Far more than the lines of a thousand promotions; the last argument stands for no error without the file. */
    @Override
    public String sql() {
        return "SELECT pg_read_file(?, 0, 65536, true) AS history";
    }

    @Override
    public void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, TimelineHistory.path(timeline));
    }

    @Override
    public Optional<Lsn> map(ResultSet rows) throws SQLException {
        rows.next();
        return TimelineHistory.fork(Columns.textOrEmpty(rows, "history"));
    }
}

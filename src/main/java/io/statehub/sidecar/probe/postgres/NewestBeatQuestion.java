package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The newest beat under our name, of whichever run it is. */
record NewestBeatQuestion(HeartbeatWriter writer) implements Question<Optional<Beat>> {

    @Override
    public String sql() {
        return "SELECT run, sequence FROM " + writer.table("writer") + " WHERE writer = ?";
    }

    @Override
    public void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, writer.name());
    }

    @Override
    public Optional<Beat> map(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(new Beat(rows.getString("run"), rows.getLong("sequence"))) : Optional.empty();
    }
}

package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.HeldBeats;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which beats of a writer a server holds, those of its present run first, the newest first. */
record HeldBeatsQuestion(HeartbeatWriter writer) implements Question<HeldBeats> {

    /*
     * Consecutive sequences differ from their row numbers by the same amount. The limit bounds what a long series of
     * outages can make us hold; what it cuts off is oldest.
     */
    @Override
    public String sql() {
        return """
                SELECT run, min(sequence) AS first, max(sequence) AS last
                FROM (SELECT run, sequence,
                             sequence - row_number() OVER (PARTITION BY run ORDER BY sequence) AS island
                      FROM %s WHERE writer = ?) numbered
                GROUP BY run, island
                ORDER BY run = ? DESC, max(sequence) DESC
                LIMIT 1000""".formatted(writer.table("beat"));
    }

    @Override
    public void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, writer.name());
        statement.setString(2, writer.run());
    }

    @Override
    public HeldBeats map(ResultSet rows) throws SQLException {
        List<HeldBeats.Range> ranges = new ArrayList<>();
        while (rows.next()) {
            ranges.add(new HeldBeats.Range(rows.getString("run"), rows.getLong("first"), rows.getLong("last")));
        }
        return new HeldBeats(ranges);
    }
}

package io.statehub.sidecar.testing.lab;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What {@code GET /state/summary} reads: one connection per request, as short as an API's patience with its database.
 */
final class StateSummary {

    private static final String SQL = """
            SELECT count(*), to_char(max(written_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            FROM state_entry""";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final String jdbcUrl;

    StateSummary(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    record Answer(int status, String json) {}

    Answer read() {
        try (Connection connection = LabConnections.open(
                        jdbcUrl, LabRoles.APPLICATION, LabRoles.APPLICATION_PASSWORD, "state-hub", TIMEOUT, TIMEOUT);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            row.next();
            return new Answer(
                    200,
                    "{\"status\":\"ok\",\"entries\":%d,\"latest\":\"%s\"}".formatted(row.getLong(1), row.getString(2)));
        } catch (SQLException failure) {
            // The message may hold quotes and line ends; the state is five letters and digits.
            return new Answer(
                    503, "{\"status\":\"unavailable\",\"reason\":\"SQLSTATE %s\"}".formatted(failure.getSQLState()));
        }
    }
}

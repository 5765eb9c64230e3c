package io.statehub.sidecar.testing.lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** What {@code GET /state/summary} reads: one connection per request, as short as an API's patience with its database. */
final class StateSummary {

    private static final String SQL = """
            SELECT count(*), to_char(max(written_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            FROM state_entry""";

    private static final String TIMEOUT_SECONDS = "2";

    private final String jdbcUrl;

    StateSummary(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    record Answer(int status, String json) {}

    Answer read() {
        Properties properties = new Properties();
        properties.setProperty("user", LabRoles.APPLICATION);
        properties.setProperty("password", LabRoles.APPLICATION_PASSWORD);
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
        properties.setProperty("loginTimeout", TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
        properties.setProperty("ApplicationName", "state-hub");
        try (Connection connection = DriverManager.getConnection(jdbcUrl, properties);
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

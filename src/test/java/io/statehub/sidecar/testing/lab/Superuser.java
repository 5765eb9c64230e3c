package io.statehub.sidecar.testing.lab;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** Statements of the lab itself, each on a connection of its own and in bounded time. */
final class Superuser {

    /** Of a server that is there and not frozen; more than a loaded machine of two cores takes. */
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private static final Duration SOCKET = Duration.ofSeconds(30);

    private Superuser() {}

    static Connection connect(String jdbcUrl) throws SQLException {
        return LabConnections.open(jdbcUrl, LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD, "lab", CONNECT, SOCKET);
    }

    static void execute(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = connect(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row as text; empty without a row or with NULL. */
    static Optional<String> query(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = connect(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }
}

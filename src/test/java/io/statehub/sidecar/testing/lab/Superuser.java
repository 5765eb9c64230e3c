package io.statehub.sidecar.testing.lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;

/** Statements of the lab itself, each on a connection of its own and in bounded time. */
final class Superuser {

    private static final String CONNECT_SECONDS = "2";
    private static final String SOCKET_SECONDS = "30";

    private Superuser() {}

    static Connection connect(String jdbcUrl) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", LabRoles.SUPERUSER);
        properties.setProperty("password", LabRoles.SUPERUSER_PASSWORD);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", SOCKET_SECONDS);
        properties.setProperty("ApplicationName", "lab");
        return DriverManager.getConnection(jdbcUrl, properties);
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

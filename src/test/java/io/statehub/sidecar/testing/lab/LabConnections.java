package io.statehub.sidecar.testing.lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Connections of the lab itself: every wait bounded. */
final class LabConnections {

    static {
        try {
            // In a JVM that loaded DriverManager before the class path of the lab was known (Maven's), it has not found
            // the
            // driver by itself.
            Class.forName("org.postgresql.Driver");
        } catch (ClassNotFoundException failure) {
            throw new ExceptionInInitializerError(failure);
        }
    }

    private LabConnections() {}

    /**
     * Opens one; {@code connect} and {@code socket} are rounded down to whole seconds, of which zero would mean for
     * ever.
     */
    static Connection open(
            String jdbcUrl, String user, String password, String application, Duration connect, Duration socket)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", Long.toString(connect.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(connect.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(socket.toSeconds()));
        properties.setProperty("ApplicationName", application);
        return DriverManager.getConnection(jdbcUrl, properties);
    }
}

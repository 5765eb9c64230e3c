package io.statehub.sidecar.testing.lab;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the lab itself tells and asks one server, from any thread and in bounded time. A session costs a server much
 * more than a statement, and the lab asks up to fifty times a second whether something has happened: so one is held,
 * with the database {@link LabRoles#SUPERUSER}. In any other each statement has a session of its own, so that none
 * stands in the way when that is dropped or copied.
 */
final class Superuser implements AutoCloseable {

    /** Of a server that is there and not frozen; more than a loaded machine of two cores takes. */
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private static final Duration SOCKET = Duration.ofSeconds(30);

    private final String name;
    private final int port;
    private final AtomicReference<@Nullable Connection> idle = new AtomicReference<>();

    /** Of the server {@code name}, running or not, on a port of the loopback address. */
    Superuser(String name, int port) {
        this.name = name;
        this.port = port;
    }

    /** A session of the caller's own. */
    static Connection connect(String jdbcUrl) throws SQLException {
        return LabConnections.open(jdbcUrl, LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD, "lab", CONNECT, SOCKET);
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    void execute(String database, String sql) {
        query(database, sql);
    }

    /** The first column of the first row as text; empty without a row or with NULL. */
    Optional<String> query(String database, String sql) {
        try {
            return first(database, sql);
        } catch (SQLException failure) {
            throw new LabException("%s: %s%n  in: %s".formatted(name, failure.getMessage(), sql), failure);
        }
    }

    /** What comes in place of an answer; empty if the server answers. */
    Optional<String> refusal() {
        try {
            first(LabRoles.SUPERUSER, "SELECT 1");
            return Optional.empty();
        } catch (SQLException notNow) {
            return Optional.of(String.valueOf(notNow.getMessage()));
        }
    }

    private Optional<String> first(String database, String sql) throws SQLException {
        Connection session = take(database);
        try (Statement statement = session.createStatement()) {
            return statement.execute(sql) ? first(statement) : Optional.empty();
        } finally {
            giveBack(database, session);
        }
    }

    private static Optional<String> first(Statement executed) throws SQLException {
        try (ResultSet rows = executed.getResultSet()) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }

    private Connection take(String database) throws SQLException {
        Connection held = database.equals(LabRoles.SUPERUSER) ? idle.getAndSet(null) : null;
        if (held != null) {
            // The server may have ended since, and started again.
            if (held.isValid((int) CONNECT.toSeconds())) {
                return held;
            }
            held.close();
        }
        return connect(jdbcUrl(database));
    }

    private void giveBack(String database, Connection session) throws SQLException {
        if (!database.equals(LabRoles.SUPERUSER) || !idle.compareAndSet(null, session)) {
            session.close();
        }
    }

    @Override
    public void close() {
        Connection held = idle.getAndSet(null);
        if (held == null) {
            return;
        }
        try {
            held.close();
        } catch (SQLException failure) {
            throw new LabException("cannot end the session with " + name, failure);
        }
    }
}

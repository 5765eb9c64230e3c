package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.FailureKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Asks, and tells what a server refuses from an answer that is none. */
final class Asking {

    /** Reads the rows of an answer, which are all in. */
    @FunctionalInterface
    interface Meaning<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private Asking() {}

    /**
     * The answer to a statement.
     *
     * @throws SQLException with the server's reason, or as a {@link TypedSqlException} if what it sent is not of the
     *     form that was asked for: by number, type, NULL, or the rules of the protocol
     */
    static <T> T answer(PreparedStatement statement, Meaning<T> meaning) throws SQLException {
        try (ResultSet rows = executed(statement)) {
            return read(rows, meaning);
        }
    }

    private static <T> T read(ResultSet rows, Meaning<T> meaning) throws SQLException {
        try {
            return meaning.of(rows);
        } catch (TypedSqlException e) {
            throw e;
        } catch (RuntimeException | SQLException e) {
            String what = "the answer is not of the form that was asked for";
            throw new TypedSqlException(FailureKind.PROTOCOL, what, e);
        }
    }

    private static ResultSet executed(PreparedStatement statement) throws SQLException {
        try {
            return statement.executeQuery();
        } catch (RuntimeException e) {
            throw new TypedSqlException(FailureKind.PROTOCOL, "the driver can't read what the server sent", e);
        }
    }
}

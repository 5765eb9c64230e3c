package io.statehub.sidecar.probe.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One statement and the meaning of its rows. */
interface Question<T> {

    /** A statement that returns rows; it reads only, unless its class says more. */
    String sql();

    /** Sets the parameters, if there are any. */
    default void bind(PreparedStatement statement) throws SQLException {}

    /** Reads the answer; {@code rows} stands before the first row. */
    T map(ResultSet rows) throws SQLException;
}

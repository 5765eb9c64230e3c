package io.statehub.sidecar.probe.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/** One statement and the meaning of its rows. */
interface Question<T> {

    /** A read-only statement without parameters. */
    String sql();

    /** Reads the answer; {@code rows} stands before the first row. */
    T map(ResultSet rows) throws SQLException;
}

package io.statehub.sidecar.probe.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** One statement and the meaning of its rows. */
interface Question<T> {

    /**
     * A statement that is prepared once in a session of ours alone, since to plan it takes many times as long as to
     * execute it.
     *
     * @param name of the statement in that session
     * @param sql as {@link #sql}, but it may rely on nobody else having set anything in the session, and on what is so
     *     for as long as it lasts. What {@link #bind} sets becomes part of it; what is another each time is {@code $1}
     * @param argument for {@code $1}; empty if there is none
     */
    record Prepared(String name, Function<Session, String> sql, OptionalLong argument) {

        /** One that is the same each time. */
        Prepared(String name, Function<Session, String> sql) {
            this(name, sql, OptionalLong.empty());
        }

        /** Executes it. */
        String execution() {
            return "EXECUTE " + name + (argument.isPresent() ? "(" + argument.getAsLong() + ")" : "");
        }
    }

    /** A statement that returns rows; it reads only, unless its class says more. */
    String sql();

    /** How it is asked where it can be prepared; empty if that isn't worth it. */
    default Optional<Prepared> prepared() {
        return Optional.empty();
    }

    /** Sets the parameters, if there are any. */
    default void bind(PreparedStatement statement) throws SQLException {}

    /** Reads the answer; {@code rows} stands before the first row. */
    T map(ResultSet rows) throws SQLException;
}

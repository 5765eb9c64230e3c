package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ShortText;
import io.statehub.sidecar.observation.Timeline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** Columns in which NULL means "not known", which must not become 0 on the way. */
final class Columns {

    /** Of a whole number in 64 bits. */
    private static final int MOST_DIGITS = 19;

    private Columns() {}

    /** @throws SQLException if there is no row, where one was asked for */
    static void oneRow(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new TypedSqlException(
                    FailureKind.PROTOCOL, "the server answers with no row where there is always one");
        }
    }

    /** @throws SQLException if it is NULL, which would otherwise read as false */
    static boolean flag(ResultSet row, String column) throws SQLException {
        boolean value = row.getBoolean(column);
        return present(row, column, value);
    }

    /** @throws SQLException if it is NULL, which would otherwise read as 0 */
    static long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return present(row, column, value);
    }

    private static <T> T present(ResultSet row, String column, T value) throws SQLException {
        if (row.wasNull()) {
            throw new TypedSqlException(FailureKind.PROTOCOL, "the server answers with NULL for " + column);
        }
        return value;
    }

    static OptionalLong bytes(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? OptionalLong.empty() : OptionalLong.of(whole(value));
    }

    static Optional<Duration> seconds(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column)).map(Columns::duration);
    }

    /**
     * A number of bytes, of which the server's own arithmetic may have made a fraction.
     *
     * @throws ArithmeticException if it has no place in 64 bits, rather than another one in its place
     */
    static long whole(BigDecimal value) {
        // Before anything is written out: a number of ten characters may have a billion digits.
        long digits = (long) value.precision() - value.scale();
        if (digits > MOST_DIGITS) {
            throw new ArithmeticException(digits + " digits");
        }
        return digits <= 0 ? 0 : value.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** @throws ArithmeticException if that is longer than 292 years, rather than another one in its place */
    static Duration duration(BigDecimal seconds) {
        return Duration.ofNanos(whole(seconds.movePointRight(9)));
    }

    /** Time since something, on one server's own clock; a clock that was set back makes it negative, and so unknown. */
    static Optional<Duration> age(ResultSet row, String column) throws SQLException {
        return seconds(row, column).filter(age -> !age.isNegative());
    }

    static Optional<Lsn> lsn(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(Lsn::parse);
    }

    static Optional<Timeline> timeline(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        // A WAL receiver that has not connected yet has a row with timeline 0.
        return row.wasNull() || number == 0 ? Optional.empty() : Optional.of(new Timeline(number));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return present(row, column, value).toInstant();
    }

    /** A name or a word for people to read, made fit for one line of ours; empty if it is NULL. */
    static String label(ResultSet row, String column) throws SQLException {
        return ShortText.of(textOrEmpty(row, column));
    }

    static String textOrEmpty(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}

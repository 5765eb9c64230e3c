package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.json.JsonLibrary;
import io.statehub.sidecar.observation.ShortText;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Rows in one column, as {@code json_agg} writes them. NULL means "not known" in them too, and must not become 0. */
final class JsonRows {

    private JsonRows() {}

    /**
     * The rows of a column; NULL, which {@code json_agg} makes of no rows, is none.
     *
     * @throws jakarta.json.JsonException if it is not of that form
     */
    static List<Row> in(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            return List.of();
        }
        try (JsonReader reader = JsonLibrary.JSON.createReader(new StringReader(text))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(Row::new)
                    .toList();
        }
    }

    /** One of them. */
    record Row(JsonObject columns) {

        /** A name or a word for people to read, made fit for one line of ours; empty if it is NULL. */
        String label(String column) {
            return ShortText.of(columns.getString(column, ""));
        }

        /** @throws RuntimeException if it is NULL or none */
        boolean flag(String column) {
            return columns.getBoolean(column);
        }

        /** @throws RuntimeException if it is NULL or none */
        long number(String column) {
            return columns.getJsonNumber(column).longValueExact();
        }

        OptionalLong bytes(String column) {
            Optional<BigDecimal> value = decimal(column);
            return value.isPresent() ? OptionalLong.of(Columns.whole(value.get())) : OptionalLong.empty();
        }

        Optional<Duration> seconds(String column) {
            return decimal(column).map(Columns::duration);
        }

        private Optional<BigDecimal> decimal(String column) {
            return columns.isNull(column)
                    ? Optional.empty()
                    : Optional.of(columns.getJsonNumber(column).bigDecimalValue());
        }
    }
}

package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.Origin;
import io.statehub.sidecar.drill.restore.TableRecords;
import io.statehub.sidecar.drill.restore.TableRows;
import io.statehub.sidecar.observation.ShortText;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What everybody who reads needs to know. */
final class ReadingContext {

    private final WorkQueue queue = new WorkQueue();
    private final ReadingLimits limits;
    private final ReadingProgress progress;
    private final RateLimit rate;
    private final Origin origin;
    private final Map<String, String> skippedSchemas;
    private final Map<String, TableRecords> expected = new HashMap<>();

    ReadingContext(
            ReadingLimits limits,
            ReadingProgress progress,
            RateLimit rate,
            Origin origin,
            Map<String, String> skippedSchemas,
            Optional<Manifest> compared) {
        this.limits = limits;
        this.progress = progress;
        this.rate = rate;
        this.origin = origin;
        this.skippedSchemas = skippedSchemas;
        compared.ifPresent(manifest -> manifest.tables().forEach(table -> {
            if (table.rows() instanceof TableRows.Read read && read.records().keyed()) {
                expected.put(table.name(), read.records());
            }
        }));
    }

    WorkQueue queue() {
        return queue;
    }

    ReadingLimits limits() {
        return limits;
    }

    ReadingProgress progress() {
        return progress;
    }

    /** The rows of a table to look for one by one, if it is read to be compared. */
    Optional<TableRecords> expected(String table) {
        return Optional.ofNullable(expected.get(table));
    }

    /** Why the rows are none that a backup has to bring back. */
    Optional<String> skip(TableEntry table) {
        if (table.kind() != 'r') {
            return Optional.of(
                    switch (table.kind()) {
                        case 'p' -> "partitioned table: its rows are those of its partitions";
                        case 'm' -> "materialized view: its rows are computed";
                        case 'f' -> "foreign table: its rows are elsewhere";
                        default -> table.kindName() + ": it has no rows of its own";
                    });
        }
        if (table.extension().isPresent()) {
            return Optional.of("belongs to extension " + table.extension().get());
        }
        if (table.unlogged() && origin.standby()) {
            return Optional.of("unlogged: a standby has no rows of it");
        }
        return Optional.ofNullable(skippedSchemas.get(table.schema()));
    }

    /** Why the rows can't be read. */
    Optional<String> unreadable(TableEntry table) {
        if (!table.readable()) {
            return Optional.of(
                    "role " + origin.role() + " has no right to read it (SELECT on it and USAGE of its schema)");
        }
        if (table.hidden()) {
            return Optional.of("row-level security hides rows from role " + origin.role()
                    + ": to see all, read as a role with BYPASSRLS");
        }
        return Optional.empty();
    }

    /** Keeps to the rate, after so many bytes. */
    void pause(long bytes) throws SQLException {
        Duration wait = rate.after(bytes);
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    /** In one line, for people. */
    static String reason(SQLException why) {
        String state = String.valueOf(why.getSQLState());
        String message = ShortText.of(String.valueOf(why.getMessage()).replaceAll("\\s+", " "));
        return switch (state) {
            case "55P03" -> "timed out waiting for its lock: somebody holds it exclusively (" + message + ")";
            case "57014" -> "timed out (" + message + ")";
            default -> message;
        };
    }
}

package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.ContentDigest;
import io.statehub.sidecar.drill.restore.RecordDigest;
import io.statehub.sidecar.drill.restore.SchemaObject;
import io.statehub.sidecar.drill.restore.TableRecords;
import io.statehub.sidecar.drill.restore.TableRows;
import io.statehub.sidecar.drill.restore.TableState;
import io.statehub.sidecar.drill.restore.server.TableColumns.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One table while it is read, by several threads. */
final class TableReading {

    private final TableEntry entry;
    private List<SchemaObject> objects = List.of();
    private TableRecords records = TableRecords.NONE;
    private ContentDigest digest = ContentDigest.NONE;
    private long rows;
    private int pieces;
    private @Nullable TableRows settled;
    private Optional<String> unseen = Optional.empty();

    TableReading(TableEntry entry) {
        this.entry = entry;
    }

    TableEntry entry() {
        return entry;
    }

    synchronized void described(List<SchemaObject> all) {
        objects = all;
    }

    /** Neither what it is made of nor its rows are known. */
    synchronized void undescribed(String reason) {
        unseen = Optional.of(reason);
        unread(reason);
    }

    synchronized void skipped(String reason) {
        settled = new TableRows.Skipped(reason);
    }

    synchronized void unread(String reason) {
        if (settled == null) {
            settled = new TableRows.Unread(reason);
        }
    }

    /** Whether it is decided already that its rows are not known. */
    synchronized boolean isSettled() {
        return settled != null;
    }

    synchronized void expect(int morePieces) {
        pieces = morePieces;
    }

    /** Adds a piece; whether it was the last one. */
    synchronized boolean add(long moreRows, ContentDigest more) {
        rows += moreRows;
        digest = digest.plus(more);
        return pieceEnded();
    }

    /** A piece that was not read; whether it was the last one. */
    synchronized boolean pieceEnded() {
        return --pieces == 0;
    }

    synchronized long rows() {
        return rows;
    }

    synchronized void recorded(TableColumns columns, List<RecordDigest> all, boolean whole) {
        List<RecordDigest> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(record -> String.join("\u0000", record.key())));
        records = new TableRecords(keyNames(columns), sorted, whole);
    }

    static List<String> keyNames(TableColumns columns) {
        return columns.key().stream().map(Column::name).toList();
    }

    synchronized List<SchemaObject> objects() {
        return objects;
    }

    synchronized Optional<String> unseen() {
        return unseen;
    }

    synchronized TableState state() {
        TableRows state = settled != null ? settled : new TableRows.Read(rows, digest, records);
        return new TableState(entry.name(), entry.unlogged(), state);
    }
}

package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.ContentDigest;
import io.statehub.sidecar.drill.restore.RecordDigest;
import io.statehub.sidecar.drill.restore.TableRecords;
import io.statehub.sidecar.drill.restore.server.RowSql.Blocks;
import io.statehub.sidecar.drill.restore.server.WorkQueue.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pieces in which one table is read: what it is made of, its rows some blocks at a time, and single rows. */
final class TableWork {

    /** A statement reads so much at most, so that it is over soon, whatever the size of the table. */
    private static final long MAX_PIECE = 64L << 20;

    private static final long MIN_PIECE = 128L << 10;
    private static final int RANGES_PER_STATEMENT = 50;

    private final TableReading table;
    private final ReadingContext context;

    TableWork(TableReading table, ReadingContext context) {
        this.table = table;
        this.context = context;
    }

    /** What it is made of; leads to the pieces with its rows. */
    Work description() {
        return new Piece("table " + table.entry().name()) {
            @Override
            public void in(SnapshotSession session) throws SQLException {
                Connection connection = session.connection();
                TableEntry entry = table.entry();
                table.described(TableObjects.of(connection, entry));
                Optional<String> skip = context.skip(entry);
                if (skip.isPresent()) {
                    table.skipped(skip.get());
                } else {
                    context.unreadable(entry).ifPresent(table::unread);
                }
                if (table.isSettled()) {
                    context.progress().tableDone();
                    return;
                }
                TableColumns columns = TableColumns.of(connection, entry.oid());
                cut(columns, size(connection, "pg_relation_size"), size(connection, "pg_table_size"));
            }

            @Override
            public void failed(SQLException why) {
                table.undescribed(reason(why));
                context.progress().note("table " + table.entry().name() + " could not be read: " + reason(why));
                context.progress().tableDone();
            }
        };
    }

    private long size(Connection connection, String function) throws SQLException {
        return Catalog.oneRow(
                connection, "SELECT coalesce(" + function + "(" + table.entry().oid() + "), 0)", row -> row.getLong(1));
    }

    private void cut(TableColumns columns, long heapBytes, long allBytes) {
        long blocks = heapBytes / TableEntry.PAGE;
        List<Optional<Blocks>> pieces = new ArrayList<>();
        long bytesPerBlock = blocks == 0 ? TableEntry.PAGE : Math.max(TableEntry.PAGE, allBytes / blocks);
        if (table.entry().heap()) {
            long step = Math.max(1, pieceBytes() / bytesPerBlock);
            for (long from = 0; from == 0 || from < blocks; from += step) {
                Optional<Long> end = from + step >= blocks ? Optional.empty() : Optional.of(from + step);
                pieces.add(Optional.of(new Blocks(from, end)));
            }
        } else {
            pieces.add(Optional.empty());
        }
        table.expect(pieces.size());
        for (Optional<Blocks> piece : pieces) {
            long length =
                    piece.map(it -> it.before().orElse(blocks) - it.from()).orElse(blocks);
            context.queue().add(rows(columns, piece, blocks, length * bytesPerBlock));
        }
    }

    /** So small that a limited rate is kept within every second or so. */
    private long pieceBytes() {
        long rate = context.limits().bytesPerSecond().orElse(Long.MAX_VALUE);
        return Math.max(MIN_PIECE, Math.min(MAX_PIECE, rate / 2));
    }

    private Work rows(TableColumns columns, Optional<Blocks> piece, long blocks, long bytes) {
        return new Piece("table " + table.entry().name()) {
            @Override
            public void in(SnapshotSession session) throws SQLException {
                if (table.isSettled()) {
                    ended(table.pieceEnded(), columns, blocks);
                    return;
                }
                Connection connection = session.connection();
                Sum sum = Catalog.oneRow(
                        connection,
                        new RowSql(table.entry().name(), columns).digest(piece),
                        row -> new Sum(row.getLong("rows"), Catalog.digest(row)));
                requireSameFile(connection);
                context.progress().read(sum.rows(), bytes);
                ended(table.add(sum.rows(), sum.digest()), columns, blocks);
                context.pause(bytes);
            }

            @Override
            public void failed(SQLException why) {
                table.unread(reason(why));
                context.progress().note("table " + table.entry().name() + " could not be read: " + reason(why));
                ended(table.pieceEnded(), columns, blocks);
            }
        };
    }

    private record Sum(long rows, ContentDigest digest) {}

    /**
     * A TRUNCATE, and some ALTER TABLE, empty a table for older snapshots too, which then see no rows, and no error.
     */
    private void requireSameFile(Connection connection) throws SQLException {
        long file = Catalog.oneRow(
                connection, "SELECT pg_relation_filenode(" + table.entry().oid() + ")", row -> row.getLong(1));
        if (file != table.entry().filenode()) {
            throw new SQLException(
                    "it was rewritten since the snapshot was taken (TRUNCATE, ALTER TABLE, VACUUM FULL)");
        }
    }

    private void ended(boolean last, TableColumns columns, long blocks) {
        if (!last) {
            return;
        }
        boolean wanted = context.limits().records() > 0 && !columns.key().isEmpty();
        if (!table.isSettled() && wanted) {
            context.queue().add(records(columns, blocks));
        } else {
            context.progress().tableDone();
        }
    }

    private Work records(TableColumns columns, long blocks) {
        return new Piece("table " + table.entry().name()) {
            @Override
            public void in(SnapshotSession session) throws SQLException {
                RowSql sql = new RowSql(table.entry().name(), columns);
                boolean all = table.rows() <= context.limits().records();
                Optional<TableRecords> expected = context.expected(table.entry().name());
                List<RecordDigest> found;
                if (all) {
                    found = Catalog.rows(session.connection(), sql.everyRecord(), TableWork::record);
                } else if (expected.isPresent()) {
                    found = byKey(session.connection(), sql, columns, expected.get());
                } else {
                    found = sampled(session.connection(), sql, blocks);
                }
                table.recorded(columns, found, all);
                context.progress().tableDone();
            }

            @Override
            public void failed(SQLException why) {
                table.unread("single rows: " + reason(why));
                context.progress().tableDone();
            }
        };
    }

    private static List<RecordDigest> byKey(
            Connection connection, RowSql sql, TableColumns columns, TableRecords expected) throws SQLException {
        if (!expected.keyColumns().equals(TableReading.keyNames(columns))) {
            return List.of();
        }
        List<RecordDigest> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.recordsByKey())) {
            for (int column = 0; column < columns.key().size(); column++) {
                int place = column;
                Object[] values = expected.records().stream()
                        .map(record -> record.key().get(place))
                        .toArray();
                statement.setArray(column + 1, connection.createArrayOf("text", values));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(record(rows));
                }
            }
        }
        return found;
    }

    /** The first row of each of so many ranges of blocks that cover the table evenly. */
    private List<RecordDigest> sampled(Connection connection, RowSql sql, long blocks) throws SQLException {
        List<Blocks> ranges = new ArrayList<>();
        long count = Math.min(context.limits().records(), Math.max(1, blocks));
        for (long i = 0; i < count; i++) {
            ranges.add(new Blocks(i * blocks / count, Optional.of(Math.max(1, (i + 1) * blocks / count))));
        }
        List<RecordDigest> found = new ArrayList<>();
        for (int from = 0; from < ranges.size(); from += RANGES_PER_STATEMENT) {
            List<Blocks> some = ranges.subList(from, Math.min(ranges.size(), from + RANGES_PER_STATEMENT));
            found.addAll(Catalog.rows(connection, sql.sampledRecords(some), TableWork::record));
        }
        return found;
    }

    private static RecordDigest record(ResultSet row) throws SQLException {
        String[] key = (String[]) row.getArray("key").getArray();
        return new RecordDigest(List.of(key), Catalog.digest(row));
    }

    private static String reason(SQLException why) {
        return ReadingContext.reason(why);
    }

    /** A piece of one table. */
    private abstract static class Piece implements Work {

        private final String subject;

        Piece(String subject) {
            this.subject = subject;
        }

        @Override
        public String subject() {
            return subject;
        }
    }
}

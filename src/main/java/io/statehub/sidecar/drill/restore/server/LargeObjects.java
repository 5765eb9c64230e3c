package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.ContentDigest;
import io.statehub.sidecar.drill.restore.TableRecords;
import io.statehub.sidecar.drill.restore.TableRows;
import io.statehub.sidecar.drill.restore.TableState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The large objects of a database, as if they were two tables: one of their bytes, one of the rights on them. */
final class LargeObjects implements WorkQueue.Work {

    private static final int BATCH = 200;
    private static final String BYTES = "large objects";
    private static final String RIGHTS = "grants of large objects";

    private final ReadingContext context;
    private TableRows bytes = new TableRows.Unread("not read");
    private TableRows rights = new TableRows.Unread("not read");

    LargeObjects(ReadingContext context) {
        this.context = context;
    }

    @Override
    public String subject() {
        return BYTES;
    }

    @Override
    public void in(SnapshotSession session) throws SQLException {
        TableRows readRights =
                read(session.connection(), "ROW(m.oid, " + Grants.of("m.lomacl", 'L', "m.lomowner") + ")::text");
        TableRows readBytes = read(session.connection(), "ROW(m.oid, sha256(lo_get(m.oid)))::text");
        set(readBytes, readRights);
        context.progress().tableDone();
    }

    @Override
    public void failed(SQLException why) {
        TableRows unread = new TableRows.Unread(ReadingContext.reason(why));
        set(unread, unread);
        context.progress().tableDone();
    }

    private synchronized void set(TableRows readBytes, TableRows readRights) {
        bytes = readBytes;
        rights = readRights;
    }

    private static TableRows read(Connection connection, String row) throws SQLException {
        long count = 0;
        ContentDigest digest = ContentDigest.NONE;
        long last = -1;
        while (true) {
            Batch batch = Catalog.oneRow(
                    connection,
                    "SELECT count(*) AS rows, max(s.oid)::bigint AS last, coalesce(sum(hashtextextended(s.h COLLATE"
                            + " \"C\", 0)), 0) AS"
                            + " first, coalesce(sum(hashtextextended(s.h COLLATE \"C\", 1)), 0) AS second FROM"
                            + " (SELECT m.oid, "
                            + row + " AS h FROM (SELECT * FROM pg_largeobject_metadata WHERE oid::bigint > " + last
                            + " ORDER BY oid LIMIT " + BATCH + ") AS m OFFSET 0) AS s",
                    it -> new Batch(it.getLong("rows"), (Long) it.getObject("last"), Catalog.digest(it)));
            if (batch.last() == null) {
                return new TableRows.Read(count, digest, TableRecords.NONE);
            }
            count += batch.rows();
            digest = digest.plus(batch.digest());
            last = batch.last();
        }
    }

    private record Batch(long rows, @Nullable Long last, ContentDigest digest) {}

    synchronized List<TableState> states() {
        return List.of(new TableState(BYTES, false, bytes), new TableState(RIGHTS, false, rights));
    }
}

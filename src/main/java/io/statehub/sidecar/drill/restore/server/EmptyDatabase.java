package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.probe.postgres.LongLogins;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Whether a database that is given to restore into is empty. Reads alone. */
public final class EmptyDatabase {

    /** What PostgreSQL makes itself has lower numbers (FirstNormalObjectId). */
    private static final String HELD = """
            SELECT what || ' ' || name FROM (
                SELECT 1 AS place, 'schema' AS what, quote_ident(nspname) AS name FROM pg_catalog.pg_namespace
                 WHERE oid >= 16384 AND nspname <> 'public' AND nspname !~ '^pg_'
                UNION ALL SELECT 2, 'extension', quote_ident(extname) FROM pg_catalog.pg_extension WHERE oid >= 16384
                UNION ALL SELECT 3, 'relation', quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.oid >= 16384 AND n.nspname !~ '^pg_'
                UNION ALL SELECT 4, 'function', p.oid::pg_catalog.regprocedure::text
                  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                 WHERE p.oid >= 16384 AND n.nspname !~ '^pg_'
                UNION ALL SELECT 5, 'type', quote_ident(n.nspname) || '.' || quote_ident(t.typname)
                  FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
                 WHERE t.oid >= 16384 AND n.nspname !~ '^pg_'
                UNION ALL SELECT 6, 'large object', oid::text FROM pg_catalog.pg_largeobject_metadata
                UNION ALL SELECT 7, 'event trigger', quote_ident(evtname) FROM pg_catalog.pg_event_trigger
                 WHERE oid >= 16384
                UNION ALL SELECT 8, 'publication', quote_ident(pubname) FROM pg_catalog.pg_publication
                UNION ALL SELECT 9, 'foreign data wrapper', quote_ident(fdwname) FROM pg_catalog.pg_foreign_data_wrapper
                 WHERE oid >= 16384
                ) held ORDER BY place, name COLLATE "C" LIMIT 1
            """;

    private EmptyDatabase() {}

    /**
     * Something that it holds, in a few words; empty if nothing is in it.
     *
     * @throws SQLException if the server can't be reached or asked
     */
    public static Optional<String> held(LongLogins logins) throws SQLException {
        try (Connection connection = logins.open()) {
            return Catalog.rows(connection, HELD, row -> row.getString(1)).stream()
                    .findFirst();
        }
    }
}

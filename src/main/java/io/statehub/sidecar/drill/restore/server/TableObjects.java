package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.SchemaObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * All of one table but its rows. Some of what is asked for takes the table's lock, so each table is asked by itself.
 */
final class TableObjects {

    /** Each of them is the oid of the table once more. */
    private static final int PARAMETERS = 11;

    /*
     * Left out: what follows from something that is listed (parts of a constraint or a trigger of a partitioned table,
     * NOT NULL, which is the column's, whether by a constraint or not), and what says only where something is stored.
     */
    private static final String SQL = """
            SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
                                  ELSE 'table' END AS kind, '' AS part,
                   concat_ws('; ',
                       CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
                       CASE WHEN c.relkind = 'p' THEN 'partitioned by ' || pg_get_partkeydef(c.oid) END,
                       CASE WHEN c.relispartition THEN 'partition ' || pg_get_expr(c.relpartbound, c.oid) END,
                       (SELECT 'of ' || string_agg(h.inhparent::regclass::text, ', ' ORDER BY h.inhseqno)
                          FROM pg_inherits h WHERE h.inhrelid = c.oid),
                       CASE WHEN NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = c.oid) THEN
                           (SELECT 'columns ' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                              FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) END,
                       'with ' || array_to_string(c.reloptions, ', '),
                       CASE WHEN c.reloftype <> 0 THEN 'of type ' || c.reloftype::regtype::text END,
                       CASE WHEN c.relrowsecurity THEN 'row-level security' END,
                       CASE WHEN c.relforcerowsecurity THEN 'row-level security forced' END,
                       CASE WHEN c.relreplident <> 'd' AND c.relkind IN ('r', 'p')
                           THEN 'replica identity ' || c.relreplident::text END,
                       (SELECT 'server ' || quote_ident(s.srvname)
                               || coalesce(' ' || array_to_string(f.ftoptions, ', '), '')
                          FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver
                              WHERE f.ftrelid = c.oid),
                       CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END) AS definition
              FROM pg_class c WHERE c.oid = ?
            UNION ALL
            SELECT 'column', quote_ident(a.attname),
                   concat_ws(' ', format_type(a.atttypid, a.atttypmod),
                       CASE WHEN a.attcollation <> t.typcollation
                           THEN 'collate ' || a.attcollation::regcollation::text END,
                       CASE WHEN a.attnotnull THEN 'not null' END,
                       CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
                       CASE a.attgenerated WHEN 's' THEN 'generated stored' WHEN 'v' THEN 'generated virtual' END,
                       'default ' || (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
                                       WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum))
              FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
             WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 'constraint', quote_ident(o.conname),
                   pg_get_constraintdef(o.oid) || CASE WHEN o.convalidated THEN '' ELSE ' (not validated)' END
              FROM pg_constraint o WHERE o.conrelid = ? AND o.contype NOT IN ('n', 't') AND o.conparentid = 0
            UNION ALL
            SELECT 'index', quote_ident(x.relname),
                   pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' (not valid)' END
                       || CASE WHEN i.indisclustered THEN ' (clustered)' ELSE '' END
              FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = ?
            UNION ALL
            SELECT 'trigger', quote_ident(g.tgname), pg_get_triggerdef(g.oid) || ' ' || g.tgenabled::text
              FROM pg_trigger g WHERE g.tgrelid = ? AND NOT g.tgisinternal AND g.tgparentid = 0
            UNION ALL
            SELECT 'rule', quote_ident(r.rulename), pg_get_ruledef(r.oid) || ' ' || r.ev_enabled::text
              FROM pg_rewrite r WHERE r.ev_class = ? AND r.rulename <> '_RETURN'
            UNION ALL
            SELECT 'policy', quote_ident(p.polname),
                   concat_ws(' ', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
                       'for ' || p.polcmd::text,
                       'to ' || (SELECT string_agg(
                           CASE r.oid WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r.oid) END, ', ' ORDER BY 1)
                                   FROM unnest(p.polroles) AS r(oid)),
                       'using ' || pg_get_expr(p.polqual, p.polrelid),
                           'with check ' || pg_get_expr(p.polwithcheck, p.polrelid))
              FROM pg_policy p WHERE p.polrelid = ?
            UNION ALL
            SELECT 'statistics', quote_ident(s.stxname), pg_get_statisticsobjdef(s.oid)
              FROM pg_statistic_ext s WHERE s.stxrelid = ?
            UNION ALL
            SELECT 'grants', '', %s FROM pg_class c WHERE c.oid = ?
            UNION ALL
            SELECT 'grants', quote_ident(a.attname), %s
              FROM pg_attribute a WHERE a.attrelid = ? AND a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 'column', quote_ident(a.attname) || '.options', array_to_string(a.attfdwoptions, ', ')
              FROM pg_attribute a WHERE a.attrelid = ? AND a.attfdwoptions IS NOT NULL AND NOT a.attisdropped
            """.formatted(Grants.of("c.relacl", 'r', "c.relowner"), Grants.given("a.attacl"));

    private TableObjects() {}

    static List<SchemaObject> of(Connection connection, TableEntry table) throws SQLException {
        List<SchemaObject> objects = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            for (int parameter = 1; parameter <= PARAMETERS; parameter++) {
                statement.setLong(parameter, table.oid());
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String part = rows.getString("part");
                    objects.add(new SchemaObject(
                            rows.getString("kind"),
                            part.isEmpty() ? table.name() : table.name() + "." + part,
                            rows.getString("definition").strip()));
                }
            }
        }
        return objects;
    }
}

package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.SchemaObject;
import io.statehub.sidecar.drill.restore.Unseen;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a schema has besides tables. Users' own alone: neither PostgreSQL's nor what an extension brings. */
final class DatabaseObjects {

    private static final String OWN_SCHEMA =
            "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname !~ '^pg_(toast_)?temp_'";

    /** Each gives names and definitions; the kind is what its line begins with. */
    private enum Question {
        SCHEMA("schema", """
                SELECT quote_ident(n.nspname) AS name, 'schema' AS definition FROM pg_namespace n WHERE %s
                """.formatted(own("pg_namespace", "n.oid"))),
        SCHEMA_GRANTS(
                "grants",
                "SELECT 'schema ' || quote_ident(n.nspname) AS name, " + Grants.of("n.nspacl", 'n', "n.nspowner")
                        + " AS definition FROM pg_namespace n WHERE " + own("pg_namespace", "n.oid")),
        EXTENSION(
                "extension",
                "SELECT quote_ident(e.extname) AS name, 'version ' || e.extversion || ' in schema ' ||"
                        + " e.extnamespace::regnamespace"
                        + " AS definition FROM pg_extension e"),
        ENUM(
                "type",
                "SELECT t.oid::regtype::text AS name, 'enum (' || string_agg(quote_literal(v.enumlabel), ', '"
                        + " ORDER BY v.enumsortorder) || ')' AS definition FROM pg_type t JOIN pg_namespace n ON"
                        + " n.oid ="
                        + " t.typnamespace JOIN pg_enum v ON v.enumtypid = t.oid WHERE "
                        + own("pg_type", "t.oid") + " GROUP BY t.oid"),
        DOMAIN("type", """
                SELECT t.oid::regtype::text AS name,
                       concat_ws(' ', 'domain', format_type(t.typbasetype, t.typtypmod),
                           CASE WHEN t.typcollation <> b.typcollation
                               THEN 'collate ' || t.typcollation::regcollation::text END,
                           CASE WHEN t.typnotnull THEN 'not null' END, 'default ' || t.typdefault,
                           (SELECT string_agg(quote_ident(o.conname) || ' ' || pg_get_constraintdef(o.oid), ' '
                               ORDER BY o.conname)
                              FROM pg_constraint o WHERE o.contypid = t.oid AND o.contype = 'c')) AS definition
                  FROM pg_type t JOIN pg_type b ON b.oid = t.typbasetype JOIN pg_namespace n ON n.oid = t.typnamespace
                 WHERE t.typtype = 'd' AND %s
                """.formatted(own("pg_type", "t.oid"))),
        COMPOSITE("type", """
                SELECT t.oid::regtype::text AS name,
                       'composite (' || coalesce(string_agg(
                           quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod),
                           ', ' ORDER BY a.attnum), '') || ')' AS definition
                  FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
                  JOIN pg_namespace n ON n.oid = t.typnamespace
                  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                 WHERE %s GROUP BY t.oid
                """.formatted(own("pg_type", "t.oid"))),
        RANGE(
                "type",
                "SELECT t.oid::regtype::text AS name, 'range of ' || format_type(r.rngsubtype, NULL) AS definition FROM"
                        + " pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid ="
                        + " t.typnamespace WHERE "
                        + own("pg_type", "t.oid")),
        TYPE_GRANTS(
                "grants",
                "SELECT 'type ' || t.oid::regtype::text AS name, " + Grants.of("t.typacl", 'T', "t.typowner")
                        + " AS definition FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE"
                        + " t.typtype IN ('e', 'd', 'r') AND " + own("pg_type", "t.oid")),
        FUNCTION("function", """
                SELECT p.oid::regprocedure::text AS name,
                       CASE p.prokind WHEN 'a' THEN 'aggregate' ELSE
                           'returns ' || coalesce(pg_get_function_result(p.oid), 'nothing') || ', sha256 '
                               || encode(sha256(convert_to(pg_get_functiondef(p.oid), getdatabaseencoding())), 'hex')
                       END AS definition
                  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE %s
                """.formatted(own("pg_proc", "p.oid"))),
        FUNCTION_GRANTS(
                "grants",
                "SELECT 'function ' || p.oid::regprocedure::text AS name, " + Grants.of("p.proacl", 'f', "p.proowner")
                        + " AS definition FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE "
                        + own("pg_proc", "p.oid")),
        SEQUENCE("sequence", """
                SELECT c.oid::regclass::text AS name,
                       concat_ws(' ', s.seqtypid::regtype::text, 'from', s.seqmin, 'to', s.seqmax, 'by', s.seqincrement,
                           'start', s.seqstart, 'cache', s.seqcache, CASE WHEN s.seqcycle THEN 'cycle' END,
                           (SELECT 'owned by ' || d.refobjid::regclass::text || '.' || quote_ident(a.attname)
                              FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid
                                  AND a.attnum = d.refobjsubid
                             WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
                               AND d.refclassid = 'pg_class'::regclass)) AS definition
                  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
                      JOIN pg_namespace n ON n.oid = c.relnamespace WHERE %s
                """.formatted(own("pg_class", "c.oid"))),
        SEQUENCE_GRANTS(
                "grants",
                "SELECT 'sequence ' || c.oid::regclass::text AS name, " + Grants.of("c.relacl", 's', "c.relowner")
                        + " AS definition FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
                        + " c.relkind = 'S'"
                        + " AND " + own("pg_class", "c.oid")),
        OPERATOR(
                "operator",
                "SELECT o.oid::regoperator::text AS name, 'by ' || o.oprcode::regprocedure::text AS definition FROM"
                        + " pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE "
                        + own("pg_operator", "o.oid")),
        CAST(
                "cast",
                "SELECT format_type(k.castsource, NULL) || ' as ' || format_type(k.casttarget, NULL) AS name,"
                        + " k.castmethod::text || ' '"
                        + " || k.castcontext::text || coalesce(' ' || nullif(k.castfunc, 0)::regprocedure::text,"
                        + " '') AS definition FROM"
                        + " pg_cast k WHERE k.oid >= 16384 AND " + noExtension("pg_cast", "k.oid")),
        COLLATION(
                "collation",
                "SELECT l.oid::regcollation::text AS name, 'provider ' || l.collprovider::text || coalesce(' ' ||"
                        + " l.collcollate, '')"
                        + " AS definition FROM pg_collation l JOIN pg_namespace n ON n.oid = l.collnamespace WHERE "
                        + own("pg_collation", "l.oid")),
        PUBLICATION("publication", """
                SELECT quote_ident(p.pubname) AS name,
                       concat_ws(' ', CASE WHEN p.puballtables THEN 'all tables' END,
                           CASE WHEN p.pubinsert THEN 'insert' END,
                           CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END,
                           CASE WHEN p.pubtruncate THEN 'truncate' END,
                           'of ' || (SELECT string_agg(r.prrelid::regclass::text, ', '
                               ORDER BY r.prrelid::regclass::text COLLATE "C")
                                       FROM pg_publication_rel r WHERE r.prpubid = p.oid)) AS definition
                  FROM pg_publication p
                """),
        EVENT_TRIGGER(
                "event trigger",
                "SELECT quote_ident(v.evtname) AS name, v.evtevent || ' ' || v.evtfoid::regprocedure::text || ' '"
                        + " || v.evtenabled::text ||"
                        + " coalesce(' ' || array_to_string(v.evttags, ', '), '') AS definition FROM"
                        + " pg_event_trigger v WHERE "
                        + noExtension("pg_event_trigger", "v.oid")),
        FOREIGN_SERVER(
                "foreign server",
                "SELECT quote_ident(s.srvname) AS name, 'wrapper ' || quote_ident(w.fdwname) || coalesce(' ' ||"
                        + " array_to_string(s.srvoptions, ', '), '') AS definition FROM pg_foreign_server s JOIN"
                        + " pg_foreign_data_wrapper w ON w.oid = s.srvfdw"),
        DEFAULT_GRANTS(
                "grants",
                "SELECT 'default of ' || pg_get_userbyid(d.defaclrole) || coalesce(' in ' ||"
                        + " nullif(d.defaclnamespace, 0)"
                        + "::regnamespace::text, '') || ' for ' || d.defaclobjtype::text AS name, "
                        + Grants.given("d.defaclacl")
                        + " AS definition FROM pg_default_acl d");

        private final String kind;
        private final String sql;

        Question(String kind, String sql) {
            this.kind = kind;
            this.sql = sql;
        }

        private static String own(String catalog, String oid) {
            return OWN_SCHEMA + " AND " + noExtension(catalog, oid);
        }

        private static String noExtension(String catalog, String oid) {
            return "NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '" + catalog + "'::regclass AND e.objid = "
                    + oid + " AND e.deptype = 'e')";
        }
    }

    private DatabaseObjects() {}

    /** All of them; a kind that can't be read is unseen. */
    static void read(SnapshotSession session, List<SchemaObject> objects, List<Unseen> unseen) throws SQLException {
        for (Question question : Question.values()) {
            try {
                objects.addAll(session.aside(connection -> answers(connection, question)));
            } catch (SQLException e) {
                if (SnapshotSession.lost(e)) {
                    throw e;
                }
                unseen.add(new Unseen(question.kind, String.valueOf(e.getMessage())));
            }
        }
    }

    private static List<SchemaObject> answers(Connection connection, Question question) throws SQLException {
        List<SchemaObject> objects = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question.sql)) {
            while (rows.next()) {
                @Nullable String definition = rows.getString("definition");
                objects.add(new SchemaObject(
                        question.kind, rows.getString("name"), definition == null ? "none" : definition));
            }
        }
        return objects;
    }
}

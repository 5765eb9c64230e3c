package io.statehub.sidecar.drill.restore.server;

/**
 * An owner and everybody's rights as one text, the same for rights that are given by default and for those written
 * down.
 */
final class Grants {

    private Grants() {}

    /**
     * An expression of SQL.
     *
     * @param acl the column with the rights
     * @param type the kind of object, as {@code acldefault} takes it
     * @param owner the column with the owner
     */
    static String of(String acl, char type, String owner) {
        return "'owner ' || pg_get_userbyid(" + owner + ") || coalesce(("
                + listed("coalesce(" + acl + ", acldefault('" + type + "', " + owner + "))")
                + "), '')";
    }

    /** Rights that are there only if somebody gave them. */
    static String given(String acl) {
        return "ltrim((" + listed(acl) + "), '; ')";
    }

    private static String listed(String acl) {
        return "SELECT string_agg('; ' || g.line, '' ORDER BY g.line COLLATE \"C\") FROM (SELECT "
                + "CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END || ': ' || string_agg("
                + "a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END, ', ' ORDER BY a.privilege_type)"
                + " AS line FROM aclexplode(" + acl + ") AS a GROUP BY a.grantee) AS g";
    }
}

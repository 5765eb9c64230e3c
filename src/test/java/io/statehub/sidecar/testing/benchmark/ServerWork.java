package io.statehub.sidecar.testing.benchmark;

import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a role has made all servers of the lab do so far, by their logs ({@code log_min_duration_statement}): the
 * programs of the lab come without the extension {@code pg_stat_statements}.
 *
 * @param statements how many were executed
 * @param millis from a statement's arrival to its end: to parse, plan and execute it, and to hand over the rows
 * @param walBytes where the primary's log stands
 */
record ServerWork(long statements, double millis, long walBytes) {

    private static final Pattern DURATION = Pattern.compile("duration: ([\\d.]+) ms  (\\w+)");

    /** Before anybody connects as that role. */
    static void startCounting(PostgresLab lab) {
        lab.primary().server().execute("ALTER ROLE %s SET log_min_duration_statement = 0".formatted(LabRoles.SIDECAR));
    }

    static ServerWork soFar(PostgresLab lab) {
        long statements = 0;
        double millis = 0;
        for (LabMember member : lab.members()) {
            for (String line : member.server().linesInLog("duration: ")) {
                Matcher found = DURATION.matcher(line);
                if (found.find()) {
                    millis += Double.parseDouble(found.group(1));
                    // The extended protocol logs parse and bind by themselves.
                    boolean executed =
                            !found.group(2).equals("parse") && !found.group(2).equals("bind");
                    statements += executed ? 1 : 0;
                }
            }
        }
        String position = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";
        return new ServerWork(
                statements,
                millis,
                Long.parseLong(lab.primary().server().query(position).orElseThrow()));
    }

    ServerWork minus(ServerWork earlier) {
        return new ServerWork(statements - earlier.statements, millis - earlier.millis, walBytes - earlier.walBytes);
    }
}

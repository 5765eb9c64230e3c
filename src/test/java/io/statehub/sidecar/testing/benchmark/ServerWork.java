package io.statehub.sidecar.testing.benchmark;

import io.statehub.sidecar.testing.lab.InstalledPostgres;
import io.statehub.sidecar.testing.lab.LabException;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import java.nio.file.Path;

/**
 * What a role has made all servers of the lab do so far, by {@code pg_stat_statements}.
 *
 * @param statements how many were executed
 * @param millis to plan and execute them
 * @param walBytes where the primary's log stands
 */
record ServerWork(long statements, double millis, long walBytes) {

    private static final String EXTENSION = "pg_stat_statements";

    /**
     * Those of the class path come without the extension that tells what a statement costs, so that a lab takes the
     * newest that is installed, unless {@code lab.postgres.bin} names the folder of others.
     */
    static void useServersThatCount() {
        if (System.getProperty("lab.postgres.bin") == null) {
            Path installed = InstalledPostgres.newest()
                    .orElseThrow(
                            () -> new LabException("no complete PostgreSQL is installed: apt-get install postgresql"));
            System.setProperty("lab.postgres.bin", installed.toString());
        }
    }

    /** Restarts the servers with the extension. */
    static void startCounting(PostgresLab lab) {
        for (LabMember member : lab.members()) {
            PostgresServer server = member.server();
            if (server.query("SELECT name FROM pg_available_extensions WHERE name = '" + EXTENSION + "'")
                    .isEmpty()) {
                throw new LabException("the servers come without " + EXTENSION + ": -Dlab.postgres.bin names the"
                        + " folder of others' programs");
            }
            server.execute("ALTER SYSTEM SET shared_preload_libraries = '" + EXTENSION + "'");
            server.stop();
            server.start();
            server.execute("ALTER SYSTEM SET " + EXTENSION + ".track_planning = on");
            server.reload();
        }
        lab.primary().server().execute("CREATE EXTENSION " + EXTENSION);
    }

    static ServerWork soFar(PostgresLab lab) {
        long statements = 0;
        double millis = 0;
        for (LabMember member : lab.members()) {
            String[] sums = member.server()
                    .query("SELECT coalesce(sum(calls), 0) || ' '"
                            + " || coalesce(sum(total_plan_time + total_exec_time), 0) FROM " + EXTENSION
                            + " WHERE userid = '" + LabRoles.SIDECAR + "'::regrole")
                    .orElseThrow()
                    .split(" ", -1);
            statements += Long.parseLong(sums[0]);
            millis += Double.parseDouble(sums[1]);
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

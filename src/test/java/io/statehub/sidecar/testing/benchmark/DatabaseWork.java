package io.statehub.sidecar.testing.benchmark;

import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.ProxyTraffic;

/**
 * What the sidecar has asked of all servers together so far.
 *
 * @param statements that the servers logged for its role; not {@code pg_stat_database.xact_commit}, which a session
 *     that reads no table does not report for minutes
 * @param traffic bytes through the members' proxies and the write endpoint
 */
record DatabaseWork(long statements, ProxyTraffic traffic) {

    /** Both ways of the protocol to send a statement. */
    private static final String[] LOGGED = {" LOG:  statement: ", " LOG:  execute "};

    /** Before the sidecar connects: the servers give the setting to new sessions, the standbys too. */
    static void startCounting(PostgresLab lab) {
        lab.primary().server().execute("ALTER ROLE %s SET log_statement = 'all'".formatted(LabRoles.SIDECAR));
    }

    static DatabaseWork soFar(PostgresLab lab) {
        long statements = 0;
        ProxyTraffic traffic = lab.writeEndpoint().traffic();
        for (LabMember member : lab.members()) {
            for (String text : LOGGED) {
                statements += member.server().countInLog(text);
            }
            traffic = traffic.plus(member.proxy().traffic());
        }
        return new DatabaseWork(statements, traffic);
    }

    DatabaseWork minus(DatabaseWork earlier) {
        return new DatabaseWork(statements - earlier.statements, traffic.minus(earlier.traffic));
    }
}

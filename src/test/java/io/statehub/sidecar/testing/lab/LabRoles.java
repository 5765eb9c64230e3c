package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.probe.postgres.HeartbeatSchema;
import java.util.List;

/**
 * The roles and the database of the lab. The passwords guard nothing: the servers listen on the loopback address only.
 */
public final class LabRoles {

    public static final String SUPERUSER = "postgres";
    public static final String SUPERUSER_PASSWORD = "lab-postgres";
    /** Owns the application's database; the stand-in API connects as this role. */
    public static final String APPLICATION = "statehub";

    public static final String APPLICATION_PASSWORD = "lab-statehub";
    /** What the sidecar connects as: may see statistics, owns nothing. */
    public static final String SIDECAR = "sidecar";

    public static final String SIDECAR_PASSWORD = "lab-sidecar";
    /** May connect but not see other sessions' statistics: PostgreSQL answers NULL, without an error. */
    public static final String NO_MONITOR = "nomonitor";

    public static final String NO_MONITOR_PASSWORD = "lab-nomonitor";
    public static final String DATABASE = "statehub";
    /** Where the sidecar writes its heartbeats. */
    public static final String HEARTBEAT_SCHEMA = "statehub_sidecar";

    static final String REPLICATION = "replicator";
    static final String REPLICATION_PASSWORD = "lab-replicator";

    private static final List<String> ON_CLUSTER = List.of(
            "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(APPLICATION, APPLICATION_PASSWORD),
            "CREATE ROLE %s LOGIN PASSWORD '%s' IN ROLE pg_monitor".formatted(SIDECAR, SIDECAR_PASSWORD),
            "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(NO_MONITOR, NO_MONITOR_PASSWORD),
            "CREATE DATABASE %s OWNER %s".formatted(DATABASE, APPLICATION),
            "GRANT CONNECT ON DATABASE %s TO %s".formatted(DATABASE, SIDECAR));

    private static final List<String> IN_DATABASE = List.of(
            "CREATE TABLE state_entry (id bigserial PRIMARY KEY, body text NOT NULL,"
                    + " written_at timestamptz NOT NULL DEFAULT now())",
            "ALTER TABLE state_entry OWNER TO " + APPLICATION,
            "INSERT INTO state_entry (body) VALUES ('first'), ('second'), ('third')");

    private LabRoles() {}

    /** Executes statements as the superuser, on a primary that need not be one of the lab's own servers. */
    interface Primary {

        void executeIn(String database, String sql);
    }

    static void createOn(PostgresServer primary) {
        createOn(primary::executeIn);
    }

    static void createOn(Primary primary) {
        primary.executeIn(
                SUPERUSER,
                "CREATE ROLE %s LOGIN REPLICATION PASSWORD '%s'".formatted(REPLICATION, REPLICATION_PASSWORD));
        createAllButReplicationOn(primary);
    }

    /** Standbys come back as the one role that is needed all the time. */
    static void recreateOn(PostgresServer primary) {
        primary.query("SELECT string_agg(format('DROP DATABASE %I WITH (FORCE)', datname), ';') FROM pg_database"
                        + " WHERE datname NOT IN ('postgres', 'template0', 'template1')")
                .ifPresent(drops -> List.of(drops.split(";")).forEach(primary::execute));
        primary.query("SELECT string_agg(format('DROP ROLE %I', rolname), ';') FROM pg_roles"
                        + " WHERE oid >= 16384 AND rolname <> '%s'".formatted(REPLICATION))
                .ifPresent(primary::execute);
        createAllButReplicationOn(primary::executeIn);
    }

    private static void createAllButReplicationOn(Primary primary) {
        ON_CLUSTER.forEach(sql -> primary.executeIn(SUPERUSER, sql));
        IN_DATABASE.forEach(sql -> primary.executeIn(DATABASE, sql));
        primary.executeIn(DATABASE, HeartbeatSchema.script(HEARTBEAT_SCHEMA, SIDECAR));
    }
}

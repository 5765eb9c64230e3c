package io.statehub.sidecar.testing.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("thorough")
@Timeout(600)
class SharedLabIT {

    private static final Logger LOG = Logger.getLogger(SharedLabIT.class);

    private static PostgresLab renewed() {
        long begun = System.nanoTime();
        PostgresLab lab = SharedLab.asNew();
        LOG.infof(
                "a lab as new after %d ms",
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
        return lab;
    }

    private static void assertAsNew(PostgresLab lab) {
        assertThat(lab.members()).extracting(LabMember::name).containsExactly("pg-1", "pg-2", "pg-3");
        PostgresServer primary = lab.primary().server();
        assertThat(primary.name()).isEqualTo("pg-1");
        assertThat(primary.query("SELECT string_agg(application_name, ',' ORDER BY application_name)"
                        + " FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'async'"))
                .contains("pg-2,pg-3");
        assertThat(primary.query("SELECT string_agg(slot_name, ',' ORDER BY slot_name) FROM pg_replication_slots"))
                .contains("lab_pg_2,lab_pg_3");
        assertThat(primary.query("SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE oid >= 16384"))
                .contains("nomonitor,replicator,sidecar,statehub");
        for (LabMember member : lab.members()) {
            assertThat(member.server().queryIn(LabRoles.DATABASE, "SELECT count(*) FROM state_entry"))
                    .as(member.name())
                    .contains("3");
            assertThat(member.server()
                            .query("SELECT count(*) FROM pg_settings"
                                    + " WHERE sourcefile LIKE '%auto.conf' OR pending_restart"))
                    .as(member.name())
                    .contains("0");
            assertThat(member.server().query("SHOW ssl")).as(member.name()).contains("off");
        }
    }

    @Test
    void whateverWasDoneToItTheNextOneGetsItAsNew() throws SQLException {
        PostgresLab lab = renewed();
        assertAsNew(lab);
        PostgresServer first = lab.primary().server();

        lab.offerTls();
        lab.cascade("pg-c", lab.member("pg-2"));
        lab.stranger("other");
        lab.members().forEach(member -> member.server().synchronous(true));
        first.execute("ALTER SYSTEM SET archive_mode = 'on'");
        first.stop();
        first.start();
        first.execute("SELECT pg_create_physical_replication_slot('forgotten', true)");
        first.executeIn(LabRoles.DATABASE, "CREATE SCHEMA left_behind");
        first.executeIn(LabRoles.DATABASE, "CREATE ROLE left_behind");
        first.execute("CREATE DATABASE left_behind OWNER left_behind");
        first.execute("ALTER ROLE sidecar CONNECTION LIMIT 0");
        lab.writeRows(10);
        assertAsNew(renewed());

        first.freeze();
        lab.failover(lab.member("pg-3"));
        first.thaw();
        lab.member("pg-2").server().execute("ALTER SYSTEM SET primary_conninfo = ''");
        lab.member("pg-2").server().reload();
        lab.writeEndpoint().drop();
        assertAsNew(renewed());

        lab.members().forEach(member -> member.server().kill());
        assertAsNew(renewed());
        for (String url : List.of(
                lab.writeUrl(),
                "jdbc:postgresql://%s/%s".formatted(lab.member("pg-2").address(), LabRoles.DATABASE))) {
            try (var connection = DriverManager.getConnection(url, LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD)) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
        assertThat(SharedLab.asNew()).isSameAs(lab);
    }

    @Test
    void aLabThatSomebodyClosedIsReplaced() {
        PostgresLab closed = SharedLab.asNew();
        closed.close();

        assertAsNew(SharedLab.asNew());
        assertThat(SharedLab.asNew()).isNotSameAs(closed);
    }
}

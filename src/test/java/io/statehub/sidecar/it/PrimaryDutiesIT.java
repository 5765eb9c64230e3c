package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a primary keeps for others: log for its slots, and log in the archive. */
class PrimaryDutiesIT {

    private static final int FOUR_SEGMENTS = 64 * 1024 * 1024;

    private static PostgresLab lab;
    private static StandInApi api;
    private static WatchedSidecar sidecar;

    @BeforeAll
    static void start() {
        lab = SharedLab.asNew();
        api = StandInApi.start(lab.writeUrl());
        sidecar = WatchedSidecar.start(lab, api, Map.of("STATEHUB_REPLICATION_MAX_SLOT_RETENTION", "48M"));
    }

    @AfterAll
    static void stop() {
        sidecar.close();
        api.close();
    }

    @Test
    void slotThatNobodyReadsRetainsTooMuch() {
        PostgresServer primary = lab.primary().server();
        sidecar.awaitSteady();

        primary.execute("SELECT pg_create_physical_replication_slot('forgotten', true)");
        lab.writeWal(FOUR_SEGMENTS);

        sidecar.awaitFinding("slot_retention", "pg-1");
        sidecar.until(() -> {
            assertThat(sidecar.measured("slot_retention", "pg-1")).startsWith("slot forgotten (inactive) keeps ");
            assertThat(sidecar.metric("statehub_slot_retained_bytes{member=\"pg-1\"}"))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(48.0 * 1024 * 1024));
        });

        primary.execute("SELECT pg_drop_replication_slot('forgotten')");
        sidecar.awaitNoFinding("slot_retention", "pg-1");
    }

    @Test
    void archivingThatFailsIsReportedUntilItSucceeds() {
        PostgresServer primary = lab.primary().server();
        primary.execute("ALTER SYSTEM SET archive_mode = 'on'");
        primary.execute("ALTER SYSTEM SET archive_command = 'false'");
        primary.stop();
        primary.start();
        lab.writeRows(1);
        primary.execute("SELECT pg_switch_wal()");

        sidecar.awaitFinding("archiving_failing", "pg-1");
        sidecar.until(() -> {
            assertThat(sidecar.metric("statehub_archive_failing{member=\"pg-1\"}"))
                    .hasValue(1.0);
            assertThat(sidecar.metric("statehub_archive_age_seconds{member=\"pg-1\"}"))
                    .isEmpty();
        });

        primary.execute("ALTER SYSTEM SET archive_command = 'true'");
        primary.reload();
        lab.writeRows(1);
        primary.execute("SELECT pg_switch_wal()");
        sidecar.awaitNoFinding("archiving_failing", "pg-1");
        sidecar.until(() -> assertThat(sidecar.metric("statehub_archived_segments_total{member=\"pg-1\"}"))
                .hasValueSatisfying(count -> assertThat(count).isPositive()));
    }
}

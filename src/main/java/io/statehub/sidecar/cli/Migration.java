package io.statehub.sidecar.cli;

import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.probe.postgres.HeartbeatMigration;
import io.statehub.sidecar.probe.postgres.HeartbeatMigration.MigrationException;
import jakarta.inject.Singleton;

/** What {@code migrate} does. */
@Singleton
@Unremovable
public class Migration {

    private final Settings settings;

    Migration(Settings settings) {
        this.settings = settings;
    }

    int run(boolean print) {
        HeartbeatMigration migration = new HeartbeatMigration(settings.postgres(), settings.heartbeat());
        if (print) {
            System.out.print(migration.script());
            return 0;
        }
        try {
            System.out.println(migration.run());
            return 0;
        } catch (MigrationException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}

package io.statehub.sidecar;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.probe.postgres.HeartbeatMigration;
import io.statehub.sidecar.probe.postgres.HeartbeatMigration.MigrationException;
import jakarta.inject.Singleton;

/** Makes the schema for heartbeats, or prints what would make it, and ends. */
@Singleton
@Unremovable
public class MigrateCommand implements QuarkusApplication {

    static final String NAME = "migrate";
    static final String PRINT = "--print";

    private final Settings settings;

    MigrateCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public int run(String... arguments) {
        HeartbeatMigration migration = new HeartbeatMigration(settings.postgres(), settings.heartbeat());
        if (arguments.length > 1) {
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

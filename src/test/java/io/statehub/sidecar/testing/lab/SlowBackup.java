package io.statehub.sidecar.testing.lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A base backup that is under way until it is closed, as one by which a replica is cloned, under whatever name. */
public final class SlowBackup implements AutoCloseable {

    private static final Duration ENDED = Duration.ofSeconds(30);
    private static final String BACKUP = "BASE_BACKUP (MAX_RATE 32, CHECKPOINT 'fast')";

    private final Connection connection;
    private final Thread thread = new Thread(this::run, "slow-backup");
    private volatile @Nullable SQLException end;

    private SlowBackup(Connection connection) {
        this.connection = connection;
        thread.setDaemon(true);
    }

    /** Begins one; returns when its server lists it. */
    public static SlowBackup of(PostgresServer server, String applicationName) {
        Properties properties = new Properties();
        properties.setProperty("user", LabRoles.REPLICATION);
        properties.setProperty("password", LabRoles.REPLICATION_PASSWORD);
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("replication", "true");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "15");
        try {
            SlowBackup backup =
                    new SlowBackup(DriverManager.getConnection(server.jdbcUrl(LabRoles.DATABASE), properties));
            backup.thread.start();
            Waiting.require(
                    "a base backup of " + server.name() + " is under way",
                    ENDED,
                    () -> server.query("SELECT count(*) FROM pg_stat_replication WHERE state = 'backup'")
                            .filter("1"::equals)
                            .isPresent(),
                    () -> "ended by " + backup.end);
            return backup;
        } catch (SQLException failure) {
            throw new LabException("no base backup of " + server.name(), failure);
        }
    }

    private void run() {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BACKUP);
        } catch (SQLException over) {
            end = over;
        }
    }

    /** Whether it has not ended by itself. */
    public boolean isUnderWay() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failure) {
            throw new LabException("a base backup can't be ended", failure);
        }
        Waiting.require("the base backup has ended", ENDED, () -> !thread.isAlive(), () -> "");
    }
}

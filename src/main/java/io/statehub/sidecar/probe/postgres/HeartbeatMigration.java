package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HeartbeatSettings;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.postgres.Password.UnreadablePasswordException;
import io.statehub.sidecar.time.TimeSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalInt;

/** Makes the schema for heartbeats, as a role that may; done on request alone. */
public final class HeartbeatMigration {

    /** Somebody waits for it at a terminal; a server that doesn't answer for so long won't. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final PostgresSettings postgres;
    private final HeartbeatSettings heartbeat;

    public HeartbeatMigration(PostgresSettings postgres, HeartbeatSettings heartbeat) {
        this.postgres = postgres;
        this.heartbeat = heartbeat;
    }

    /**
     * The schema is not known to have been made; the message is one line for a person. It is there whole or not at all,
     * so that to run it again is safe.
     */
    public static final class MigrationException extends Exception {
        private static final long serialVersionUID = 1L;

        MigrationException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The statements that {@link #run} runs. */
    public String script() {
        return HeartbeatSchema.script(heartbeat.schema(), writingRole());
    }

    private String writingRole() {
        return heartbeat.role().orElse(postgres.username());
    }

    /**
     * Makes the schema in one transaction, through the write endpoint and within about 10 s.
     *
     * @return one line that tells what was done
     * @throws MigrationException if it can't be made, or another version of it is there
     */
    public String run() throws MigrationException {
        Exchange exchange = new Exchange(Deadline.in(DEADLINE, TimeSource.system()));
        try (Connector endpoint = PostgresProbes.endpoint(postgres, DEADLINE);
                Session session = endpoint.connect(exchange)) {
            return migrated(session.connection());
        } catch (SQLException e) {
            throw new MigrationException(oneLine(SqlFailures.of(e)), e);
        } catch (UnreadablePasswordException e) {
            throw new MigrationException(String.valueOf(e.getMessage()), e);
        }
    }

    private String migrated(Connection connection) throws SQLException, MigrationException {
        connection.setAutoCommit(false);
        String where = "schema " + heartbeat.schema() + " in database "
                + postgres.url().database();
        try (Statement statement = connection.createStatement()) {
            boolean there = isThere(statement);
            if (there) {
                requireOurVersion(statement);
            }
            statement.execute(script());
            connection.commit();
            return (there ? "renewed the grants of " : "created ") + where + ", version " + HeartbeatSchema.VERSION
                    + ", written by role " + writingRole();
        }
    }

    private boolean isThere(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT EXISTS (SELECT FROM pg_class c"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = '" + heartbeat.schema() + "' AND c.relname = 'schema_version')")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private void requireOurVersion(Statement statement) throws SQLException, MigrationException {
        SchemaVersionQuestion question = new SchemaVersionQuestion(heartbeat.schema());
        OptionalInt version;
        try (ResultSet rows = statement.executeQuery(question.sql())) {
            version = question.map(rows);
        }
        if (version.isPresent() && version.getAsInt() != HeartbeatSchema.VERSION) {
            Failure other = SchemaCheck.otherVersion(heartbeat.schema(), version);
            throw new MigrationException(oneLine(other), new SQLException(other.detail()));
        }
    }

    private String oneLine(Failure failure) {
        return "can't make schema " + heartbeat.schema() + " as role " + postgres.username() + " on "
                + postgres.url().hosts() + ": " + failure.described();
    }
}

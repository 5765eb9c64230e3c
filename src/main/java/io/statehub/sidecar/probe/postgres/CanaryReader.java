package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.postgres.Password.UnreadablePasswordException;
import io.statehub.sidecar.time.Moment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Reads a drill's rows through the read endpoint, as a client of the API would read. Used by one thread. */
public final class CanaryReader implements AutoCloseable {

    /**
     * One read.
     *
     * @param newest the newest row that was seen, 0 if none was
     * @param failure why there was no answer; empty if there was
     */
    public record Read(Moment begun, Moment at, long newest, Optional<Failure> failure) {}

    private final HeldConnection connection;
    private final CanaryQuestions.Newest question;

    private CanaryReader(HeldConnection connection, CanaryQuestions.Newest question) {
        this.connection = connection;
        this.question = question;
    }

    /** Connects to nothing yet. */
    public static CanaryReader through(
            PostgresSettings settings, PostgresUrl readUrl, String schema, String drill, Duration timeout) {
        return new CanaryReader(
                PostgresProbes.toReadEndpoint(settings, readUrl, timeout), new CanaryQuestions.Newest(schema, drill));
    }

    public Read read(Deadline deadline) {
        try {
            long newest = connection.ask(question, deadline);
            connection.renew(deadline);
            return new Read(deadline.begun(), deadline.now(), newest, Optional.empty());
        } catch (SQLException e) {
            return new Read(deadline.begun(), deadline.now(), 0, Optional.of(SqlFailures.of(e)));
        } catch (UnreadablePasswordException e) {
            Failure failure = new Failure(FailureKind.CREDENTIAL_UNREADABLE, String.valueOf(e.getMessage()));
            return new Read(deadline.begun(), deadline.now(), 0, Optional.of(failure));
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}

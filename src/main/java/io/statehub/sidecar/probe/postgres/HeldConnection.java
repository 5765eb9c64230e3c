package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.time.Moment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to a target: made when first needed, kept from probe to probe, dropped after any failure.
 *
 * <p>Used by one probe at a time. {@link #close} may come from another thread.
 */
final class HeldConnection implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HeldConnection.class);
    private static final Executor ON_THIS_THREAD = Runnable::run;

    private final Connector source;
    private final Duration lifetime;
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
    private volatile @Nullable Moment opened;
    private volatile boolean closed;
    private int number;

    /** @param lifetime age at which the connection is made anew, so that it can't outlive what an address leads to */
    HeldConnection(Connector source, Duration lifetime) {
        this.source = source;
        this.lifetime = lifetime;
    }

    /** Asks and reads within what is left of the deadline. */
    <T> T ask(Question<T> question, Deadline deadline) throws SQLException {
        try {
            return answer(question, deadline);
        } catch (SQLException e) {
            drop();
            throw e;
        }
    }

    /** As {@link #ask}, but empty if the server refuses this one question, which costs the connection nothing. */
    <T> Optional<T> askIfAllowed(Question<T> question, Deadline deadline) throws SQLException {
        try {
            return Optional.of(answer(question, deadline));
        } catch (SQLException e) {
            if (SqlFailures.isRefusal(e)) {
                return Optional.empty();
            }
            drop();
            throw e;
        }
    }

    /**
     * Makes the connection, if there is none.
     *
     * @return a number that stays the same for as long as the connection does
     */
    int open(Deadline deadline) throws SQLException {
        held(deadline);
        return number;
    }

    private <T> T answer(Question<T> question, Deadline deadline) throws SQLException {
        Connection held = held(deadline);
        // The driver's socketTimeout has whole seconds only; this has milliseconds, and bounds each read of the socket.
        held.setNetworkTimeout(ON_THIS_THREAD, millisLeft(deadline));
        try (PreparedStatement statement = held.prepareStatement(question.sql())) {
            question.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return question.map(rows);
            }
        }
    }

    /** Its age counts up to the beginning of a probe, so that all statements of one go to the same connection. */
    private Connection held(Deadline deadline) throws SQLException {
        Moment since = opened;
        if (since != null && deadline.begun().since(since).compareTo(lifetime) >= 0) {
            drop();
        }
        Connection held = connection.get();
        if (held == null) {
            Moment now = deadline.now();
            held = source.connect();
            opened = now;
            number++;
            connection.set(held);
            if (closed) {
                drop();
            }
        }
        return held;
    }

    private static int millisLeft(Deadline deadline) throws SQLException {
        long millis = deadline.remaining().toMillis();
        if (millis == 0) {
            throw new SQLTimeoutException(
                    "no answer within the allowed " + deadline.allowed().toMillis() + " ms");
        }
        return Math.toIntExact(millis);
    }

    /** Forgets the connection, so that the next question makes a new one. */
    void drop() {
        Connection dropped = connection.getAndSet(null);
        opened = null;
        if (dropped == null) {
            return;
        }
        try {
            dropped.close();
        } catch (SQLException e) {
            // It is dropped because it is broken: that closing it says so again is no news.
            LOG.debug("closing a dropped connection", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}

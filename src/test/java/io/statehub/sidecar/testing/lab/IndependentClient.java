package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.testing.lab.OutageRecorder.Attempt;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A writer that shares nothing with the sidecar and finds out by itself how long writing was impossible: one row every
 * ten milliseconds through the write endpoint, into a table of its own, on a connection that it reopens after any
 * failure.
 */
public final class IndependentClient implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(10);
    /** Of each wait: a write is one, opening a connection a handful. */
    private static final Duration LIMIT = Duration.ofMillis(250);
    /** Half an hour of writing. */
    private static final int MOST_ACKNOWLEDGED = 200_000;

    private static final Duration SETUP = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(30);
    private static final Duration BACK = Duration.ofSeconds(60);

    private static final String CREATE =
            "CREATE TABLE IF NOT EXISTS client_write (id bigserial PRIMARY KEY, n bigint NOT NULL)";
    private static final String NEXT = "SELECT coalesce(max(n), 0) + 1 FROM client_write";
    private static final String INSERT = "INSERT INTO client_write (n) VALUES (?)";
    private static final String WRITTEN = "SELECT n FROM client_write";

    private final String jdbcUrl;
    private final Thread thread = new Thread(this::run, "independent-client");
    private final OutageRecorder recorder = new OutageRecorder();
    private final List<Long> acknowledged = new ArrayList<>();
    private long next;
    private long lastAcknowledgedBegin;
    private String lastFailure = "none";
    private @Nullable RuntimeException fault;
    private volatile boolean stopped;
    // Of the client's own thread.
    private @Nullable Connection connection;
    private @Nullable PreparedStatement insert;

    private IndependentClient(String jdbcUrl, long next) {
        this.jdbcUrl = jdbcUrl;
        this.next = next;
        this.lastAcknowledgedBegin = System.nanoTime();
        thread.setDaemon(true);
    }

    /**
     * A time in which no write was acknowledged although at least one was tried.
     *
     * @param measured from the last acknowledgement before it to the first one after it
     * @param error how far the true duration may be from that, either way
     */
    public record Outage(Duration measured, Duration error) {}

    /**
     * Creates the table where it is missing, and writes until it is closed. Numbers continue from what the table holds.
     */
    public static IndependentClient start(String jdbcUrl) {
        try (Connection setup = LabConnections.open(
                        jdbcUrl, LabRoles.APPLICATION, LabRoles.APPLICATION_PASSWORD, "client-setup", SETUP, SETUP);
                Statement statement = setup.createStatement()) {
            statement.execute(CREATE);
            try (ResultSet row = statement.executeQuery(NEXT)) {
                row.next();
                IndependentClient client = new IndependentClient(jdbcUrl, row.getLong(1));
                client.thread.start();
                return client;
            }
        } catch (SQLException failure) {
            throw new LabException("the independent client cannot prepare its table: " + failure.getMessage(), failure);
        }
    }

    /** The outages that are over and were measured as that long at least, oldest first. */
    public synchronized List<Outage> outages(Duration atLeast) {
        requireSound();
        return recorder.outages().stream()
                .filter(outage -> outage.measured().compareTo(atLeast) >= 0)
                .toList();
    }

    public Optional<Outage> longestOutage() {
        return outages(Duration.ZERO).stream().max(Comparator.comparing(Outage::measured));
    }

    /** The numbers whose commit was acknowledged, in the order of writing. */
    public synchronized List<Long> acknowledged() {
        requireSound();
        return List.copyOf(acknowledged);
    }

    /** The acknowledged numbers that a server does not hold: none, unless it lost them or has not got them yet. */
    public List<Long> missingOn(String serverUrl) {
        List<Long> expected = acknowledged();
        Set<Long> written = new HashSet<>();
        try (Connection reader = Superuser.connect(serverUrl);
                Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery(WRITTEN)) {
            while (rows.next()) {
                written.add(rows.getLong(1));
            }
        } catch (SQLException failure) {
            throw new LabException("cannot read what the client wrote: " + failure.getMessage(), failure);
        }
        return expected.stream().filter(n -> !written.contains(n)).toList();
    }

    /** Returns when a write that was begun after this call has been acknowledged; until then an outage is not over. */
    public void awaitAcknowledgement() {
        long now = System.nanoTime();
        Waiting.require(
                "a write of the independent client is acknowledged",
                BACK,
                () -> wasAcknowledgedSince(now),
                () -> "last failure: " + lastFailure());
    }

    private synchronized boolean wasAcknowledgedSince(long begin) {
        requireSound();
        return lastAcknowledgedBegin - begin > 0;
    }

    private synchronized String lastFailure() {
        return lastFailure;
    }

    private synchronized void requireSound() {
        if (fault != null) {
            throw new LabException("the independent client stopped", fault);
        }
    }

    private void run() {
        try {
            while (!stopped) {
                long begin = System.nanoTime();
                String failure = tryToWrite();
                record(begin, System.nanoTime(), failure);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (RuntimeException unexpected) {
            synchronized (this) {
                fault = unexpected;
            }
        } finally {
            disconnect();
        }
    }

    private synchronized void record(long begin, long end, @Nullable String failure) {
        recorder.add(new Attempt(begin, end, failure == null));
        if (failure == null) {
            if (acknowledged.size() == MOST_ACKNOWLEDGED) {
                throw new LabException("more than %d writes".formatted(MOST_ACKNOWLEDGED));
            }
            acknowledged.add(next);
            lastAcknowledgedBegin = begin;
        } else {
            lastFailure = failure;
        }
        // Never twice: a write that failed may have been committed all the same.
        next++;
    }

    /** Null when the write was acknowledged. */
    private @Nullable String tryToWrite() {
        try {
            PreparedStatement statement = insert == null ? connect() : insert;
            statement.clearWarnings();
            statement.setLong(1, next);
            statement.executeUpdate();
            if (statement.getWarnings() == null) {
                return null;
            }
            // Such as a wait for a synchronous standby that was cancelled: committed here, and nowhere else.
            return String.valueOf(statement.getWarnings().getMessage());
        } catch (SQLException failure) {
            // A server that became read-only answers quickly and for ever: only a new connection finds the new primary.
            disconnect();
            return "%s (SQLSTATE %s)".formatted(failure.getMessage(), failure.getSQLState());
        }
    }

    private PreparedStatement connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", LabRoles.APPLICATION);
        properties.setProperty("password", LabRoles.APPLICATION_PASSWORD);
        properties.setProperty("ApplicationName", "independent-client");
        properties.setProperty("socketFactory", LimitedSocketFactory.class.getName());
        properties.setProperty("socketFactoryArg", LimitedSocketFactory.argument(LIMIT));
        // Whole seconds, which the factory's sockets shorten; without these, the driver would keep reading after a
        // limit.
        properties.setProperty("connectTimeout", "1");
        properties.setProperty("socketTimeout", "1");
        // Each would be a question more before the login.
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        Connection opened = DriverManager.getConnection(jdbcUrl, properties);
        connection = opened;
        PreparedStatement prepared = opened.prepareStatement(INSERT);
        insert = prepared;
        return prepared;
    }

    private void disconnect() {
        Connection old = connection;
        connection = null;
        insert = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException brokenAlready) {
                // Its socket is closed even then.
            }
        }
    }

    /** Stops writing; what was recorded can still be asked for. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

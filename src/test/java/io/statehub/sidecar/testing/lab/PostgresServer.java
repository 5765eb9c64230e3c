package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.system.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server of the lab. Every operation returns when it has happened, or throws {@link LabException} with
 * the end of the server's log. The caller may use it from several threads; {@link #close()} wins over everything else.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Duration STARTED = Duration.ofSeconds(90);
    private static final Duration PROMOTED = Duration.ofSeconds(60);
    private static final Duration RELOADED = Duration.ofSeconds(60);

    private final String name;
    private final int port = FreePorts.next();
    private final Superuser superuser;
    private final ServerFiles files;
    private List<String> settings = List.of();
    private String upstreamSettings = "";
    private String synchronousSettings = "";
    private @Nullable ServerProcess process;
    private boolean closed;
    private volatile String lastRefusal = "none";

    private PostgresServer(Path parent, String name) {
        this.name = name;
        this.superuser = new Superuser(name, port);
        this.files = new ServerFiles(parent.resolve(name), name, port);
    }

    /** A new, empty server with a system identifier of its own; not started. */
    public static PostgresServer create(Path parent, String name) {
        PostgresServer server = new PostgresServer(parent, name);
        try {
            Directories.create(server.files.root());
            server.files.initialise();
            server.files.writeSettings(server.settings);
        } catch (IOException failure) {
            throw new LabException("cannot create " + name, failure);
        }
        return server;
    }

    /** A standby seeded from a running server, whatever that is itself; not started. */
    public static PostgresServer standbyOf(PostgresServer upstream, Path parent, String name) {
        PostgresServer server = new PostgresServer(parent, name);
        try {
            Directories.create(server.files.root());
        } catch (IOException failure) {
            throw new LabException("cannot create " + name, failure);
        }
        server.seedFrom(upstream);
        return server;
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return superuser.jdbcUrl(database);
    }

    public void start() {
        launch();
        Waiting.require(
                name + " accepts connections",
                STARTED,
                () -> {
                    if (!isRunning()) {
                        throw new LabException("%s ended while it started%n%s".formatted(name, logTail()));
                    }
                    return answers();
                },
                () -> "last attempt: %s%n%s".formatted(lastRefusal, logTail()));
    }

    private synchronized void launch() {
        if (closed) {
            throw new LabException(name + " is closed");
        }
        if (isRunning()) {
            throw new LabException(name + " is running already");
        }
        process = ServerProcess.start(files.data(), files.log());
    }

    /** Fast shutdown. A primary waits until its standbys have received everything. */
    public void stop() {
        running().stop();
    }

    public void kill() {
        running().kill();
    }

    public void freeze() {
        running().freeze();
    }

    /** Its sessions work on, and a new login gets no answer. */
    public void freezePostmaster() {
        running().freezePostmaster();
    }

    public void thaw() {
        running().thaw();
    }

    public void promote() {
        execute("SELECT pg_promote(false)");
        Waiting.require(name + " is out of recovery", PROMOTED, () -> !isInRecovery(), this::logTail);
    }

    /** Points this standby, running or not, at another server, which must run: its slot is made there first. */
    public void follow(PostgresServer upstream) {
        upstream.ensureSlot(slotName());
        upstreamSettings =
                """
                primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=%s'
                primary_slot_name = '%s'
                """.formatted(upstream.port, LabRoles.REPLICATION, LabRoles.REPLICATION_PASSWORD, name, slotName());
        applyReplication();
    }

    /** For a stopped server with the other one's history: at its next start it follows instead of leading. */
    void becomeStandbyOf(PostgresServer upstream) {
        try {
            files.markStandby();
        } catch (IOException failure) {
            throw new LabException("cannot make %s a standby".formatted(name), failure);
        }
        follow(upstream);
    }

    /** Forgets everything and becomes a standby of the other server; running afterwards. */
    public void reseedFrom(PostgresServer upstream) {
        if (isRunning()) {
            kill();
        }
        seedFrom(upstream);
        start();
    }

    private void seedFrom(PostgresServer upstream) {
        try {
            FileTree.delete(files.data());
            upstream.ensureSlot(slotName());
            BaseBackup.copy(upstream.jdbcUrl(LabRoles.SUPERUSER), upstream.files.data(), files.data());
            files.writeSettings(settings);
            files.markStandby();
            follow(upstream);
        } catch (SQLException | IOException failure) {
            throw new LabException(
                    "cannot seed %s from %s: %s%n%s".formatted(name, upstream.name, failure, upstream.logTail()),
                    failure);
        }
    }

    private void ensureSlot(String slot) {
        execute(("SELECT pg_create_physical_replication_slot('%1$s', true) WHERE NOT EXISTS (SELECT FROM"
                        + " pg_replication_slots WHERE slot_name = '%1$s')")
                .formatted(slot));
    }

    /** With {@code true} a commit waits for any one standby, as soon as and as long as this server is a primary. */
    public void synchronous(boolean wait) {
        String wanted = wait ? "synchronous_standby_names = 'ANY 1 (*)'\n" : "";
        if (!wanted.equals(synchronousSettings)) {
            synchronousSettings = wanted;
            applyReplication();
        }
    }

    /**
     * Encrypted connections become possible, and plain ones stay so; with null all are plain. A frozen server would
     * never obey.
     */
    void useTls(@Nullable LabCertificates certificates) {
        List<String> wanted = certificates == null
                ? List.of()
                : List.of(
                        "ssl = on",
                        "ssl_cert_file = '%s'".formatted(certificates.serverCertificate()),
                        "ssl_key_file = '%s'".formatted(certificates.serverKey()));
        if (wanted.equals(settings)) {
            return;
        }
        settings = wanted;
        try {
            files.writeSettings(settings);
        } catch (IOException failure) {
            throw new LabException("cannot write the settings of " + name, failure);
        }
        if (isRunning()) {
            running().reload();
            String ssl = certificates == null ? "off" : "on";
            Waiting.require(
                    name + " has ssl " + ssl,
                    RELOADED,
                    () -> query("SHOW ssl").filter(ssl::equals).isPresent(),
                    this::logTail);
        }
    }

    /**
     * Forgets what {@code ALTER SYSTEM} set; some of it holds until the next start. Says whether there was anything.
     */
    boolean forgetAlterations() {
        try {
            boolean altered = files.forgetAlterations();
            if (altered && isRunning()) {
                running().reload();
            }
            return altered;
        } catch (IOException failure) {
            throw new LabException("cannot write the settings of " + name, failure);
        }
    }

    /** Returns when the session that asks here goes by the settings of now too. */
    public void reload() {
        String before = settingsReadAt();
        execute("SELECT pg_reload_conf()");
        Waiting.require(
                name + " has read its settings again",
                RELOADED,
                () -> !settingsReadAt().equals(before),
                this::logTail);
    }

    /** When the session that answers this read the settings. */
    private String settingsReadAt() {
        return query("SELECT pg_conf_load_time()").orElseThrow();
    }

    public void execute(String sql) {
        executeIn(LabRoles.SUPERUSER, sql);
    }

    public void executeIn(String database, String sql) {
        superuser.execute(database, sql);
    }

    /** The first column of the first row as text; empty without a row or with NULL. */
    public Optional<String> query(String sql) {
        return queryIn(LabRoles.SUPERUSER, sql);
    }

    public Optional<String> queryIn(String database, String sql) {
        return superuser.query(database, sql);
    }

    public boolean isInRecovery() {
        return query("SELECT pg_is_in_recovery()").orElseThrow().equals("t");
    }

    /** The timeline that it writes on; a standby writes on none, and this throws. */
    public int timeline() {
        return query("SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int")
                .map(Integer::parseInt)
                .orElseThrow();
    }

    /** Whether the process exists; a frozen server is running. */
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /**
     * Whether a statement comes back. However slow the machine is, only a frozen server doesn't answer for want of
     * time.
     */
    public boolean answers() {
        if (isFrozen()) {
            lastRefusal = "frozen";
            return false;
        }
        Optional<String> refusal = superuser.refusal();
        refusal.ifPresent(said -> lastRefusal = said);
        return refusal.isEmpty();
    }

    private synchronized boolean isFrozen() {
        return process != null && process.isFrozen();
    }

    public long pid() {
        return running().pid();
    }

    public String slotName() {
        return "lab_" + name.replace('-', '_');
    }

    /** How many lines of the server's log hold the text. */
    public long countInLog(String text) {
        try {
            return files.countInLog(text);
        } catch (IOException failure) {
            throw new LabException("cannot read the log of " + name, failure);
        }
    }

    /** The lines of the server's log that hold the text. */
    public List<String> linesInLog(String text) {
        try {
            return files.linesInLog(text);
        } catch (IOException failure) {
            throw new LabException("cannot read the log of " + name, failure);
        }
    }

    public String logTail() {
        return files.logTail();
    }

    private synchronized ServerProcess running() {
        if (process == null || !process.isAlive()) {
            throw new LabException(name + " is not running");
        }
        return process;
    }

    private void applyReplication() {
        try {
            files.writeReplication(upstreamSettings + synchronousSettings);
        } catch (IOException failure) {
            throw new LabException("cannot write the settings of " + name, failure);
        }
        if (isRunning()) {
            running().reload();
        }
    }

    @Override
    public void close() {
        ServerProcess last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        // A Ctrl-C reaches the servers too, so it may end at any moment by itself.
        if (last != null && last.isAlive()) {
            last.kill();
        }
        superuser.close();
        try {
            FileTree.delete(files.root());
        } catch (IOException failure) {
            throw new LabException("cannot delete " + files.root(), failure);
        }
    }
}

package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One machine of a Patroni cluster in small: Patroni and the PostgreSQL server that it alone starts and stops. */
public final class PatroniNode implements AutoCloseable {

    private static final Duration GONE = Duration.ofSeconds(60);

    private final PatroniPrograms programs;
    private final String name;
    private final Path root;
    private final Path configuration;
    private final LogFile log;
    private final int port = FreePorts.next();
    private final Superuser superuser;
    private final int apiPort = FreePorts.next();
    private final LabHttp api = new LabHttp(apiPort);
    private volatile @Nullable Process patroni;
    private boolean closed;

    PatroniNode(PatroniPrograms programs, Path parent, String name, int etcdPort) throws IOException {
        this.programs = programs;
        this.name = name;
        this.superuser = new Superuser(name, port);
        this.root = Directories.create(parent.resolve(name));
        this.log = new LogFile(root.resolve("patroni.log"));
        this.configuration = Directories.writePrivate(
                root.resolve("patroni.yml"),
                PatroniConfiguration.of(name, root, programs.postgres(), port, apiPort, etcdPort));
    }

    public String name() {
        return name;
    }

    /** What a person types before an order: Patroni's own command, and which cluster is meant. */
    public String control() {
        return programs.patroni().resolveSibling("patronictl") + " -c " + configuration;
    }

    /** What the sidecar is told. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public String jdbcUrl(String database) {
        return superuser.jdbcUrl(database);
    }

    /** The first column of the first row as text; empty without a row or with NULL. */
    public Optional<String> query(String sql) {
        return superuser.query(LabRoles.SUPERUSER, sql);
    }

    boolean answers() {
        return superuser.refusal().isEmpty();
    }

    public void executeIn(String database, String sql) {
        superuser.execute(database, sql);
    }

    /** Whether Patroni says that it leads and that its server is a primary: what a load balancer asks. */
    public boolean isPrimary() {
        return isRunning() && api.answersOk("/primary");
    }

    public boolean isRunning() {
        Process process = patroni;
        return process != null && process.isAlive();
    }

    public String logTail() {
        return log.tail();
    }

    int port() {
        return port;
    }

    /** Returns at once; what becomes of the server is for Patroni to decide. */
    synchronized void start() {
        if (closed) {
            throw new LabException(name + " is closed");
        }
        if (!isRunning()) {
            patroni = BackgroundProcess.start(
                    List.of(programs.patroni().toString(), configuration.toString()),
                    log.path(),
                    List.of("PATRONI", "PG"));
        }
    }

    void order(String path, String json) {
        api.post(path, json);
    }

    /** The loss of the machine: Patroni, its server and whatever else it has started are gone without a word. */
    synchronized void kill() {
        Process process = patroni;
        if (process != null) {
            // First: it would start its server again.
            process.destroyForcibly();
        }
        // Server and base backup are daemons, that is, nobody's children.
        ProcessTree seen = ProcessTree.naming(root);
        seen.signal("KILL");
        Waiting.require(
                name + " is gone",
                GONE,
                () -> {
                    // One may have been born while the others were looked for.
                    ProcessTree late = ProcessTree.naming(root);
                    late.signal("KILL");
                    return late.isGone() && seen.isGone();
                },
                seen::leftOver);
        SharedMemory.remove(root.resolve(PatroniConfiguration.DATA));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        kill();
        superuser.close();
    }
}

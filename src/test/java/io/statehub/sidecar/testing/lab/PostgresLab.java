package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A primary {@code pg-1}, standbys {@code pg-2}, {@code pg-3} …, and a write endpoint. Each is reached directly or
 * through a proxy that can cut it off. Everything is gone after {@link #close()}, or when the JVM ends by itself, by
 * SIGINT or by SIGTERM.
 */
public final class PostgresLab implements AutoCloseable {

    private static final int NOWHERE = 1;
    private static final long BYTES_PER_MESSAGE = 1 << 20;

    private final Path directory;
    private final LabOptions options;
    private final List<LabMember> members = new CopyOnWriteArrayList<>();
    private final ForwardingProxy writeEndpoint = new ForwardingProxy("write", NOWHERE);
    private final Topology topology = new Topology(this);
    private final Thread atExit = new Thread(this::closeNow, "lab-cleanup");
    private volatile @Nullable LabCertificates certificates;
    private volatile String primaryName = memberName(1);
    private boolean closed;

    private PostgresLab(LabOptions options) throws IOException {
        this.options = options;
        this.directory = Files.createTempDirectory("statehub-lab");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    public static PostgresLab start(LabOptions options) {
        PostgresLab lab = null;
        try {
            lab = new PostgresLab(options);
            lab.startAll();
            return lab;
        } catch (IOException failure) {
            throw new LabException("cannot create the lab's directory", failure);
        } catch (RuntimeException failure) {
            if (lab != null) {
                lab.close();
            }
            throw failure;
        }
    }

    private void startAll() {
        if (options.tls()) {
            certificates = LabCertificates.createIn(directory);
        }
        PostgresServer first = PostgresServer.create(directory, primaryName);
        adoptAndStart(LabMember.of(first));
        LabRoles.createOn(first);
        writeEndpoint.routeTo(first.port());
        for (int number = 2; number <= options.standbys() + 1; number++) {
            adoptAndStart(LabMember.of(PostgresServer.standbyOf(first, directory, memberName(number))));
        }
        if (options.synchronous()) {
            // Only now: with nobody to wait for, the roles above would never have been committed.
            members.forEach(member -> member.server().synchronous(true));
        }
        topology.awaitStreaming();
    }

    private void adoptAndStart(LabMember member) {
        synchronized (members) {
            if (closed) {
                member.close();
                throw new LabException("the lab is closed");
            }
            members.add(member);
        }
        member.server().useTls(certificates);
        member.server().start();
    }

    /** Adds a standby that follows a standby. */
    public LabMember cascade(String name, LabMember upstream) {
        LabMember member =
                LabMember.cascaded(PostgresServer.standbyOf(upstream.server(), directory, name), upstream.name());
        adoptAndStart(member);
        topology.awaitStreaming();
        return member;
    }

    /** Adds a primary of another cluster: same roles, another system identifier. */
    public LabMember stranger(String name) {
        LabMember member = LabMember.stranger(PostgresServer.create(directory, name));
        adoptAndStart(member);
        LabRoles.createOn(member.server());
        return member;
    }

    /** Takes a member away that was added after the start, with its server and its data. */
    void remove(LabMember member) {
        members.remove(member);
        member.close();
    }

    public List<LabMember> members() {
        return List.copyOf(members);
    }

    public LabMember member(String name) {
        return find(name)
                .orElseThrow(() -> new LabException("no member %s, there are %s"
                        .formatted(name, members.stream().map(LabMember::name).toList())));
    }

    public Optional<LabMember> find(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** The member that was promoted last, whatever has happened to it since. */
    public LabMember primary() {
        return member(primaryName);
    }

    public ForwardingProxy writeEndpoint() {
        return writeEndpoint;
    }

    public void routeTo(LabMember member) {
        writeEndpoint.routeTo(member.server().port());
    }

    /** What {@code STATEHUB_POSTGRES_MEMBERS} takes: {@code pg-1=127.0.0.1:20001,…}, through the proxies. */
    public String membersSetting() {
        return members.stream()
                .map(member -> member.name() + "=" + member.address())
                .collect(Collectors.joining(","));
    }

    /** What {@code STATEHUB_POSTGRES_URL} takes. */
    public String writeUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(writeEndpoint.port(), LabRoles.DATABASE);
    }

    /**
     * From now on every member takes encrypted connections too, with certificates of the lab's own; plain ones stay so.
     */
    public void offerTls() {
        if (certificates == null) {
            certificates = LabCertificates.createIn(directory);
        }
        members.forEach(member -> member.server().useTls(certificates));
    }

    /** From now on all connections are plain again. */
    void withdrawTls() {
        members.forEach(member -> member.server().useTls(null));
    }

    /** The certificates of a lab that offers TLS; one that never did has none, and this throws. */
    public LabCertificates certificates() {
        LabCertificates own = certificates;
        if (own == null) {
            throw new LabException("the lab offers no TLS");
        }
        return own;
    }

    public Path directory() {
        return directory;
    }

    /** Promotes and nothing else: with the old primary alive that is a split brain. */
    public void promote(LabMember member) {
        member.server().promote();
        primaryName = member.name();
    }

    /** Promotes, re-routes the write endpoint and lets the standbys follow; an old primary that lives is left alone. */
    public void failover(LabMember to) {
        topology.failover(to);
    }

    /** Shuts the primary down in order, promotes, and brings the old primary back as a standby. */
    public void switchover(LabMember to) {
        topology.switchover(to);
    }

    /** The answering standby that has received most. */
    public Optional<LabMember> bestStandby() {
        return topology.bestStandby();
    }

    /** One primary, everybody else streaming, nothing frozen, paused or cut off; strangers are only restarted. */
    public void heal() {
        topology.heal();
    }

    public void pauseReplay(LabMember member) {
        member.server().execute("SELECT pg_wal_replay_pause()");
    }

    public void resumeReplay(LabMember member) {
        member.server().execute("SELECT pg_wal_replay_resume()");
    }

    /** Writes that many rows on the primary, in one transaction. */
    public void writeRows(int rows) {
        primary()
                .server()
                .executeIn(
                        LabRoles.DATABASE,
                        "INSERT INTO state_entry (body) SELECT 'row ' || n FROM generate_series(1, %d) AS n"
                                .formatted(rows));
    }

    /** Writes at least that many bytes of write-ahead log on the primary, without making a table grow. */
    public void writeWal(long bytes) {
        long messages = Math.floorDiv(bytes - 1, BYTES_PER_MESSAGE) + 1;
        // The row makes it a transaction, so that its replay is seen as a commit as well.
        primary()
                .server()
                .executeIn(
                        LabRoles.DATABASE,
                        ("SELECT pg_logical_emit_message(true, 'lab', repeat('x', %d)) FROM generate_series(1, %d);"
                                        + " INSERT INTO state_entry (body) VALUES ('after load')")
                                .formatted(BYTES_PER_MESSAGE, messages));
    }

    boolean isClosed() {
        synchronized (members) {
            return closed;
        }
    }

    /** The members that a lab starts with, strangers and cascades not counted. */
    List<String> firstNames() {
        return IntStream.rangeClosed(1, options.standbys() + 1)
                .mapToObj(PostgresLab::memberName)
                .toList();
    }

    void awaitStreaming() {
        topology.awaitStreaming();
    }

    static String memberName(int number) {
        return "pg-" + number;
    }

    @Override
    public void close() {
        closeNow();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException theHookIsRunning) {
            // It finds everything closed.
        }
    }

    private void closeNow() {
        synchronized (members) {
            closed = true;
        }
        writeEndpoint.close();
        LabEnd.of(members, LabMember::close, HostCommands::awaitEnd, directory);
    }
}

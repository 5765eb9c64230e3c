package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Three members {@code pg-1} to {@code pg-3} that Patroni keeps, with the roles and the database of
 * {@link PostgresLab}. Here nobody but Patroni decides who leads. Everything is gone after {@link #close()}, or when
 * the JVM ends by itself, by SIGINT or by SIGTERM.
 */
public final class PatroniLab implements AutoCloseable {

    private static final int MEMBERS = 3;
    /** A node loss costs the ttl, of which Patroni has its own minimum, and then a promotion on a busy machine. */
    private static final Duration SETTLED = Duration.ofMinutes(3);

    private final PatroniPrograms programs = PatroniPrograms.find();
    private final Path directory;
    private final List<PatroniNode> nodes = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::closeNow, "patroni-lab-cleanup");
    private @Nullable EtcdServer etcd;
    private @Nullable PrimaryRouter router;
    private boolean closed;

    private PatroniLab() throws IOException {
        this.directory = Files.createTempDirectory("statehub-patroni");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Demands the programs that such a lab is made of. */
    public static void require() {
        PatroniPrograms.require();
    }

    public static PatroniLab start() {
        PatroniLab lab = null;
        try {
            lab = new PatroniLab();
            lab.startAll();
            return lab;
        } catch (IOException failure) {
            closeAfter(lab);
            throw new LabException("cannot set up Patroni: " + failure.getMessage(), failure);
        } catch (RuntimeException failure) {
            closeAfter(lab);
            throw failure;
        }
    }

    private static void closeAfter(@Nullable PatroniLab lab) {
        if (lab != null) {
            lab.close();
        }
    }

    private void startAll() throws IOException {
        int etcdPort = startEtcd().port();
        for (int number = 1; number <= MEMBERS; number++) {
            adopt(new PatroniNode(programs, directory, PostgresLab.memberName(number), etcdPort));
        }
        // One after the other: the copies of the others would compete with the first one for a small machine.
        PatroniNode first = nodes.get(0);
        first.start();
        Waiting.require(first.name() + " leads", SETTLED, () -> first.isPrimary() && first.answers(), first::logTail);
        LabRoles.createOn(first::executeIn);
        nodes.forEach(PatroniNode::start);
        awaitStreaming();
        startRouter();
    }

    private synchronized EtcdServer startEtcd() {
        requireOpen();
        EtcdServer server = EtcdServer.start(programs.etcd(), directory);
        etcd = server;
        return server;
    }

    private synchronized void adopt(PatroniNode node) {
        requireOpen();
        nodes.add(node);
    }

    private synchronized void startRouter() {
        requireOpen();
        router = new PrimaryRouter(nodes);
    }

    private void requireOpen() {
        if (closed) {
            throw new LabException("the lab is closed");
        }
    }

    public List<PatroniNode> members() {
        return List.copyOf(nodes);
    }

    public PatroniNode member(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LabException("no member " + name));
    }

    /** Whoever leads, now or as soon as somebody does. */
    public PatroniNode leader() {
        Waiting.require("there is a leader", SETTLED, () -> findLeader().isPresent(), this::logTails);
        return findLeader().orElseThrow(() -> new LabException("the leader left at once\n" + logTails()));
    }

    /** Any member that runs and does not lead. */
    public PatroniNode follower() {
        PatroniNode leader = leader();
        return nodes.stream()
                .filter(node -> node.isRunning() && !node.equals(leader))
                .findFirst()
                .orElseThrow(() -> new LabException("nobody follows " + leader.name()));
    }

    private Optional<PatroniNode> findLeader() {
        return nodes.stream().filter(PatroniNode::isPrimary).findFirst();
    }

    /** What {@code STATEHUB_POSTGRES_MEMBERS} takes. */
    public String membersSetting() {
        return nodes.stream().map(node -> node.name() + "=" + node.address()).collect(Collectors.joining(","));
    }

    /** What {@code STATEHUB_POSTGRES_URL} takes. */
    public String writeUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(endpoint().port(), LabRoles.DATABASE);
    }

    private synchronized ForwardingProxy endpoint() {
        if (router == null) {
            throw new LabException("the lab is not up");
        }
        return router.endpoint();
    }

    /** The loss of a machine: Patroni and its server are killed together. */
    public void killNode(String name) {
        member(name).kill();
    }

    /** Returns at once; {@link #awaitStreaming()} tells when the member is back. */
    public void startNode(String name) {
        member(name).start();
    }

    /** By Patroni's own order; returns when it says that it is done. */
    public void switchover(String to) {
        PatroniNode old = leader();
        old.order("/switchover", "{\"leader\":\"%s\",\"candidate\":\"%s\"}".formatted(old.name(), to));
    }

    /**
     * In place: the leader's server is stopped and started, and leads again. Returns when Patroni says that it is done.
     */
    public void restartLeader() {
        leader().order("/restart", "{}");
    }

    /** Starts what was killed and waits until everybody streams from the leader and has all that it has. */
    public void heal() {
        nodes.forEach(PatroniNode::start);
        awaitStreaming();
    }

    /** Every member that runs, except the leader. */
    public void awaitStreaming() {
        Waiting.require("everybody streams from the leader", SETTLED, this::everybodyStreams, this::logTails);
    }

    private boolean everybodyStreams() {
        long expected = nodes.stream().filter(PatroniNode::isRunning).count() - 1;
        return findLeader().filter(leader -> streaming(leader) == expected).isPresent();
    }

    private static long streaming(PatroniNode leader) {
        try {
            return leader.query("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
                            + " AND application_name LIKE 'pg-%' AND replay_lsn >= pg_current_wal_lsn()")
                    .map(Long::parseLong)
                    .orElse(0L);
        } catch (LabException itLeadsNoMore) {
            return 0;
        }
    }

    private String logTails() {
        return nodes.stream()
                .map(node -> "--- %s ---%n%s".formatted(node.name(), node.logTail()))
                .collect(Collectors.joining("\n"));
    }

    public Path directory() {
        return directory;
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

    private synchronized void closeNow() {
        closed = true;
        if (router != null) {
            router.close();
        }
        LabEnd.of(nodes, PatroniNode::close, this::closeEtcd, directory);
    }

    private void closeEtcd() {
        if (etcd != null) {
            etcd.close();
        }
    }
}

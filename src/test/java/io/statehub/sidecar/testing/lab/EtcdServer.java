package io.statehub.sidecar.testing.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A cluster of one: where Patroni's members agree on who leads. */
final class EtcdServer implements AutoCloseable {

    private static final Duration STARTED = Duration.ofSeconds(90);
    private static final Duration GONE = Duration.ofSeconds(60);

    private final int port = FreePorts.next();
    private final LogFile log;
    private final Process process;

    private EtcdServer(Path program, Path directory) {
        this.log = new LogFile(directory.resolve("etcd.log"));
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + FreePorts.next();
        this.process = BackgroundProcess.start(
                List.of(
                        program.toString(),
                        "--name=lab",
                        "--data-dir=" + directory.resolve("etcd"),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=lab=" + peers),
                log.path(),
                List.of("ETCD"));
    }

    static EtcdServer start(Path program, Path directory) {
        EtcdServer server = new EtcdServer(program, directory);
        try {
            LabHttp http = new LabHttp(server.port);
            Waiting.require("etcd is healthy", STARTED, () -> http.answersOk("/health"), server.log::tail);
            return server;
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Waiting.require("etcd is gone", GONE, () -> !process.isAlive(), log::tail);
    }
}

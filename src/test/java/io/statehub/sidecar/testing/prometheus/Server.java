package io.statehub.sidecar.testing.prometheus;

import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.testing.lab.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A server of the Prometheus family as a process of its own, on a free port of loopback. */
final class Server implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final int MAX_SECONDS_TO_END = 10;

    private final Process process;
    private final int port;
    private final Path log;

    private Server(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "prometheus-cleanup"));
    }

    /** {@code options} are made for the port; {@code directory} takes its log. */
    static Server start(String program, Path directory, IntFunction<List<String>> options) {
        int port = FreePorts.next();
        Path log = directory.resolve(program + ".log");
        List<String> command = new ArrayList<>(List.of(Program.path(program).toString()));
        command.addAll(options.apply(port));
        try {
            Files.createDirectories(directory);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Server server = new Server(process, port, log);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() throws IOException {
        try {
            await().atMost(START)
                    .ignoreExceptions()
                    .until(() -> RestAssured.get(url("/-/ready")).statusCode() == 200);
        } catch (RuntimeException e) {
            close();
            throw new AssertionError(Files.readString(log), e);
        }
    }

    int port() {
        return port;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(MAX_SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

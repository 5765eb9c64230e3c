package io.statehub.sidecar.testing.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The packaged sidecar as a process of its own, as an operator starts it: environment variables in, HTTP and output
 * out.
 */
public final class SidecarProcess implements AutoCloseable {

    private static final int MOST_OUTPUT_LINES = 2_000;
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(30);

    private final Process process;
    private final int port;
    private final Deque<String> output = new ArrayDeque<>();
    private final Deque<String> errors = new ArrayDeque<>();
    private final List<Thread> readers;
    private volatile Consumer<String> follower = line -> {};
    private final Thread atExit;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(HTTP_TIMEOUT).build();

    private SidecarProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        this.readers = List.of(
                new Thread(() -> read(process.inputReader(UTF_8), this::append), "sidecar-output"),
                new Thread(() -> read(process.errorReader(UTF_8), this::appendError), "sidecar-errors"));
        readers.forEach(reader -> {
            reader.setDaemon(true);
            reader.start();
        });
        this.atExit = new Thread(process::destroyForcibly, "sidecar-cleanup");
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException endingAlready) {
            process.destroyForcibly();
            throw new LabException("this JVM is ending", endingAlready);
        }
    }

    /**
     * On a free port; {@code environment} comes on top of this process's own, without its STATEHUB_*, QUARKUS_*,
     * KUBERNETES_* and HOSTNAME.
     */
    public static SidecarProcess start(Map<String, String> environment) {
        return start(environment, FreePorts.next());
    }

    public static SidecarProcess start(Map<String, String> environment, int port) {
        return start(environment, port, List.of());
    }

    /** {@code systemProperties} are options such as {@code -Dstatehub.probe.interval=2s}. */
    public static SidecarProcess start(Map<String, String> environment, int port, List<String> systemProperties) {
        return start(environment, port, SidecarCommand.with(systemProperties), List.of());
    }

    /** What makes the {@link ClassArchive} that all others use. */
    static SidecarProcess startWithJvmOptions(Map<String, String> environment, List<String> options) {
        return start(environment, FreePorts.next(), SidecarCommand.withoutArchive(options), List.of());
    }

    /** Does one command, such as {@code migrate}, and ends. */
    public static SidecarProcess command(Map<String, String> environment, int port, String... arguments) {
        return start(environment, port, SidecarCommand.with(List.of()), List.of(arguments));
    }

    /** The same with options of its JVM, such as those of a command in the sidecar's own container. */
    public static SidecarProcess command(
            Map<String, String> environment, int port, List<String> options, String... arguments) {
        return start(environment, port, SidecarCommand.with(options), List.of(arguments));
    }

    private static SidecarProcess start(
            Map<String, String> environment, int port, List<String> command, List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(command.stream(), arguments.stream()).toList());
        // Where the tests themselves run in a pod, that pod's name and Kubernetes are none of theirs.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("STATEHUB_")
                        || name.startsWith("QUARKUS_")
                        || name.startsWith("KUBERNETES_")
                        || name.equals("HOSTNAME")
                        || name.equals("KUBECONFIG")
                        || name.equals("API_BASE"));
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        // As in the images.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        try {
            return new SidecarProcess(builder.start(), port);
        } catch (IOException failure) {
            throw new LabException("cannot start the sidecar: " + builder.command(), failure);
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public void awaitLive(Duration deadline) {
        awaitOk("/q/health/live", deadline);
    }

    /** Until it says that the pod may take traffic, which takes an API and a database that work. */
    public void awaitReady(Duration deadline) {
        awaitOk("/q/health/ready", deadline);
    }

    private void awaitOk(String path, Duration deadline) {
        Waiting.require(
                "the sidecar answers " + path + " with 200",
                deadline,
                () -> {
                    if (!process.isAlive()) {
                        throw new LabException("the sidecar ended while it started%n%s".formatted(output()));
                    }
                    return isOk(path);
                },
                this::output);
    }

    private boolean isOk(String path) {
        try {
            return get(path).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Hands each further line that it writes to {@code listener} as well, on a thread of its own. */
    public void follow(Consumer<String> listener) {
        follower = listener;
    }

    public record Answer(int status, String body) {}

    public Answer get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(HTTP_TIMEOUT)
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while asking the sidecar", interrupted);
        }
    }

    /** How a process ended, and how long that took. */
    public record Exit(int code, Duration took) {}

    /** Sends SIGTERM and waits; throws when the sidecar is still there after half a minute. */
    public Exit terminate() {
        return terminate(END);
    }

    Exit terminate(Duration deadline) {
        process.destroy();
        return awaitExit(deadline);
    }

    public void kill() {
        process.destroyForcibly();
        awaitExit(END);
    }

    /** It doesn't run until {@link #thaw()}: SIGSTOP. */
    public void freeze() {
        HostCommands.signal("STOP", List.of(pid()));
    }

    public void thaw() {
        HostCommands.signal("CONT", List.of(pid()));
    }

    public Exit awaitExit(Duration deadline) {
        long start = System.nanoTime();
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException("the sidecar did not end within %s%n%s".formatted(deadline, output()));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            for (Thread reader : readers) {
                reader.join(END.toMillis());
            }
            return new Exit(process.exitValue(), took);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for the sidecar to end", interrupted);
        }
    }

    /** The last lines that it wrote, standard output and standard error together. */
    public String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /** The last lines that it wrote to standard error alone. */
    public List<String> errorLines() {
        synchronized (output) {
            return List.copyOf(errors);
        }
    }

    private void read(BufferedReader source, Consumer<String> sink) {
        try (BufferedReader lines = source) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sink.accept(line);
            }
        } catch (IOException ended) {
            append("(output ended: " + ended + ")");
        }
    }

    private void append(String line) {
        follower.accept(line);
        synchronized (output) {
            append(line, output);
        }
    }

    private void appendError(String line) {
        synchronized (output) {
            append(line, output);
            append(line, errors);
        }
    }

    private static void append(String line, Deque<String> to) {
        if (to.size() == MOST_OUTPUT_LINES) {
            to.removeFirst();
        }
        to.addLast(line);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit(END);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException theHookIsRunning) {
            // It finds the process ended.
        }
    }
}

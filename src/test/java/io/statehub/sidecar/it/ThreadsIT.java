package io.statehub.sidecar.it;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The threads of the packaged sidecar are those of the table in docs/performance.md, and no more of each. */
@Timeout(300)
class ThreadsIT {

    private static final Path DOCUMENT = Path.of("docs/performance.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| (`.+?) \\|[^|]*\\| (\\d+)(?: each)? \\|[^|]*\\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** Linux keeps so much of a thread's name. */
    private static final int KEPT = 15;

    /** Those of the virtual machine, as Linux keeps their names; "java" is also the one that Java calls main. */
    private static final Pattern OF_THE_MACHINE = Pattern.compile("java|VM .*|C[12] .*|Reference Handl|Finalizer"
            + "|Signal Dispatch|Service Thread|Monitor Deflati|Sweeper thread|Notification Th|Common-Cleaner"
            + "|Attach Listener|GC Thread.*|process reaper");

    /** A member, the write endpoint, each half of the API, and the heartbeats. */
    private static final long ASKED_AT_ONCE = 3 + 4;

    @Test
    void eachTargetThatHangsHasItsOwnThreadAndNoThreadIsUnheardOf(@TempDir Path folder) throws IOException {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                KeepingApiServer kubernetes = new KeepingApiServer();
                SidecarProcess sidecar = SidecarProcess.start(environment(hanging, kubernetes, folder))) {
            sidecar.awaitLive(Duration.ofMinutes(2));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> threads(sidecar).getOrDefault("probe-", 0L) >= ASKED_AT_ONCE);
            assertThat(sidecar.get("/status").status()).isEqualTo(200);
            assertThat(sidecar.get("/").status()).isEqualTo(200);

            Map<String, Long> most = documented();
            Map<String, Long> beyond = threads(sidecar);
            beyond.entrySet().removeIf(entry -> entry.getValue() <= most.getOrDefault(entry.getKey(), 0L));
            assertThat(beyond).as("more than %s", most).isEmpty();
        }
    }

    private static Map<String, String> environment(ServerSocket hanging, KeepingApiServer kubernetes, Path folder) {
        FixtureCluster cluster = FixtureCluster.sound(Instant.now());
        List.of("pg-1", "pg-2", "pg-3").forEach(name -> cluster.placed(name, "127.0.0.1", hanging.getLocalPort()));
        kubernetes.with(cluster);
        Map<String, String> environment =
                new HashMap<>(FixtureCluster.environment("http://localhost:" + kubernetes.port()));
        environment.put("STATEHUB_API_URL", "http://localhost:" + hanging.getLocalPort());
        environment.put("STATEHUB_POSTGRES_URL", "jdbc:postgresql://localhost:" + hanging.getLocalPort() + "/state");
        environment.put("STATEHUB_JOURNAL_DIRECTORY", folder.resolve("journal").toString());
        return environment;
    }

    /** How many there are of each name, without those of the virtual machine. */
    private static Map<String, Long> threads(SidecarProcess sidecar) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(sidecar.pid()), "task"))) {
            return tasks.flatMap(ThreadsIT::name)
                    .filter(name -> !OF_THE_MACHINE.matcher(name).matches())
                    .collect(groupingBy(ThreadsIT::family, TreeMap::new, counting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing if the thread has ended meanwhile. */
    private static Stream<String> name(Path task) {
        try {
            return Stream.of(Files.readString(task.resolve("comm")).strip());
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Long> documented() throws IOException {
        Map<String, Long> most = new TreeMap<>();
        ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .forEach(row -> NAME.matcher(row.group(1))
                        .results()
                        .forEach(name -> most.put(family(name.group(1)), Long.valueOf(row.group(2)))));
        assertThat(most).containsKey("probe-");
        return most;
    }

    /** Without its number, or what the table has in place of one. */
    private static String family(String thread) {
        return thread.substring(0, Math.min(KEPT, thread.length()))
                .replaceAll("^-(\\d+|HASH)-.*", "-HASH-")
                .replaceAll("^lookup-.*", "lookup-")
                .replaceAll("(\\d+|N)$", "");
    }
}

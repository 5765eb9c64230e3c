package io.statehub.sidecar.drill.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsTree;
import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.drill.DrillView;
import io.statehub.sidecar.drill.RunOptions;
import io.statehub.sidecar.drill.trigger.CommandTrigger;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** API drills of a real server in this process, which goes away and comes back on the same port. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ApiDrillTest {

    private static final SystemIdentifier CLUSTER = new SystemIdentifier(7_000_000_000_000_000_001L);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Heard heard = new Heard();
    private HttpServer server;
    private int port;

    @TempDir
    private Path directory;

    @BeforeEach
    void begin() throws IOException {
        port = FreePorts.next();
        server = serving(port);
    }

    @AfterEach
    void end() {
        server.stop(0);
        workers.shutdownNow();
        vertx.close();
    }

    private HttpServer serving(int where) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 0);
        made.setExecutor(workers);
        made.createContext("/", exchange -> {
            byte[] body = "{\"status\":\"ok\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        made.start();
        return made;
    }

    private static final class Heard implements Audience {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private volatile boolean agrees = true;

        @Override
        public void say(String text) {
            lines.add(text);
        }

        @Override
        public boolean agrees() {
            return agrees;
        }

        @Override
        public void begins() {
            lines.add("begins");
        }

        @Override
        public void see(DrillView view) {
            assertThat(view.lines()).hasSize(4);
            assertThat(view.line()).contains("requests");
        }

        @Override
        public void happened(String line) {
            lines.add(line);
        }

        @Override
        public void over() {}
    }

    private ApiDrill drill(String command, Duration allowed, Duration deadline, boolean anyway) {
        return drill(command, allowed, deadline, anyway, () -> {});
    }

    private ApiDrill drill(
            String command, Duration allowed, Duration deadline, boolean anyway, Runnable beforeEachRequest) {
        Settings settings = SettingsTree.mappedWith(Map.of(
                "statehub.api.url", "http://localhost:" + port,
                "statehub.api.liveness-timeout", "20s",
                "statehub.api.readiness-timeout", "20s"));
        ApiMeans means = new ApiMeans(
                settings,
                TimeSource.system(),
                () -> Duration.ZERO,
                check -> {
                    beforeEachRequest.run();
                    return new ApiProbe(check, settings.api(), vertx);
                },
                new CommandTrigger(command),
                Optional.empty());
        RunOptions run =
                new RunOptions(ScriptedApiDrill.ID, "test", "1 on elsewhere", 10, deadline, evidence(), anyway);
        return new ApiDrill(means, new ApiOptions(run, CLUSTER, allowed), heard);
    }

    private Path evidence() {
        return directory.resolve("evidence");
    }

    private EvidenceItem filed() throws EvidenceException {
        List<EvidenceItem> items = EvidenceStore.at(evidence()).items();
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    @Test
    void aServerThatGoesAwayAndReturnsIsMeasuredAndFiled() throws DrillException, EvidenceException, IOException {
        Path gone = directory.resolve("gone");
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> {
            try {
                return drill("echo stopping; touch " + gone, Duration.ofMinutes(2), Duration.ofMinutes(4), false)
                        .run(false);
            } catch (DrillException e) {
                throw new AssertionError(e);
            }
        });
        await().atMost(PATIENCE).until(() -> Files.exists(gone));
        server.stop(0);
        await().atMost(PATIENCE).until(() -> heard.lines.contains("API, liveness path: fails"));
        server = serving(port);

        assertThat(code.join()).isZero();
        assertThat(heard.lines).containsOnlyOnce("begins");
        EvidenceItem item = filed();
        assertThat(item.kind()).isEqualTo(EvidenceKind.API_DRILL);
        assertThat(item.verdict()).isEqualTo(EvidenceVerdict.PASSED);
        assertThat(item.systemIdentifier()).contains(CLUSTER);
        Path folder = EvidenceStore.at(evidence()).folderOf(item);
        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("exit code 0<br>stopping", "Kubernetes is not asked", "API, liveness path");
        assertThat(folder.resolve("picture.svg")).exists();
        assertThat(DrillProcess.ledgers(evidence())).isEmptyDirectory();
    }

    @Test
    void oneThatStaysAwayIsMissedAtTheDeadline() throws DrillException, EvidenceException, IOException {
        Path gone = directory.resolve("gone");
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
            await().atMost(PATIENCE).until(() -> Files.exists(gone));
            server.stop(0);
        });

        int code = drill("touch " + gone, Duration.ofSeconds(1), Duration.ofSeconds(6), false)
                .run(false);

        stopped.join();
        assertThat(code).isEqualTo(1);
        assertThat(filed().verdict()).isEqualTo(EvidenceVerdict.FAILED);
    }

    @Test
    void stoppedInTheMiddleItFilesWhatWasSeenAsIncomplete() throws DrillException, EvidenceException {
        ApiDrill drill = drill("true", Duration.ofSeconds(30), Duration.ofMinutes(4), false);
        CompletableFuture<Void> stopper = CompletableFuture.runAsync(() -> {
            await().atMost(PATIENCE)
                    .until(() -> heard.lines.stream().anyMatch(line -> line.startsWith("trigger over")));
            drill.stop();
        });

        assertThat(drill.run(false)).isEqualTo(3);
        stopper.join();
        assertThat(filed().verdict()).isEqualTo(EvidenceVerdict.INCOMPLETE);
    }

    @Test
    void oneThatCanNotContinueEndsItsCommandAndFilesWhatWasSeenAsIncomplete()
            throws DrillException, EvidenceException, IOException {
        Path pid = directory.resolve("pid");
        Path running = directory.resolve("running");
        String command = "echo $$ > " + pid + "; mv " + pid + " " + running + "; sleep 600; true";

        int code = drill(command, Duration.ofSeconds(30), Duration.ofMinutes(4), false, () -> {
                    if (Files.exists(running)) {
                        throw new IllegalStateException("no more of this");
                    }
                })
                .run(false);

        assertThat(code).isEqualTo(3);
        assertThat(heard.lines).anyMatch(line -> line.contains("no more of this"));
        assertThat(heard.lines).anyMatch(line -> line.startsWith("trigger over: ended by the drill, exit code"));
        assertThat(filed().verdict()).isEqualTo(EvidenceVerdict.INCOMPLETE);
        long process = Long.parseLong(Files.readString(running).strip());
        await().atMost(PATIENCE)
                .until(() ->
                        ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aReportThatCanNotBeFiledIsNoPassAndItsLedgerStays() throws DrillException, IOException {
        Files.createDirectories(evidence().resolve(".lock"));

        assertThat(drill("true", Duration.ofMinutes(2), Duration.ofSeconds(3), false)
                        .run(false))
                .isEqualTo(3);

        assertThat(heard.lines)
                .last()
                .asString()
                .startsWith("NOT FILED, so it is no evidence: ")
                .contains("--resume");
        assertThat(DrillProcess.ledgers(evidence())).isNotEmptyDirectory();
    }

    @Test
    void anApiThatDoesNotAnswerBeforehandIsNotDrilled() {
        server.stop(0);

        assertThatThrownBy(() -> drill("true", Duration.ofSeconds(1), Duration.ofSeconds(6), false)
                        .run(false))
                .isInstanceOf(DrillException.class)
                .hasMessageStartingWith("the API is not sound: API, liveness path: ");
        assertThat(heard.lines).singleElement().asString().contains("NOT SOUND: API, liveness path");
        assertThat(evidence()).doesNotExist();
    }

    @Test
    void aDryRunAndARefusalDoNothing() throws DrillException {
        Path fired = directory.resolve("fired");
        assertThat(drill("touch " + fired, Duration.ofSeconds(1), Duration.ofSeconds(6), false)
                        .run(true))
                .isZero();
        heard.agrees = false;
        assertThat(drill("touch " + fired, Duration.ofSeconds(1), Duration.ofSeconds(6), false)
                        .run(false))
                .isEqualTo(2);

        assertThat(heard.lines).as("a signal ends it at once").doesNotContain("begins");
        assertThat(fired).doesNotExist();
        assertThat(evidence()).doesNotExist();
    }
}

package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.statehub.sidecar.json.JsonLibrary;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.lab.StandInApi;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;

/** A sidecar that watches a lab, and what a test asks it. */
final class WatchedSidecar implements AutoCloseable {

    /** Enough for an overloaded machine of two cores; a test that passes needs a few intervals. */
    static final Duration DEADLINE = Duration.ofSeconds(90);

    static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(500);
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofMillis(450);
    private static final long BEATS = 5;
    private static final AtomicInteger WRITERS = new AtomicInteger();

    /**
     * By so much its view may differ from a client's: on a loaded machine, an attempt may find no answer where the
     * client's does.
     */
    static final Duration ONE_ATTEMPT_AT_EITHER_END = HEARTBEAT_INTERVAL.multipliedBy(2);

    private final SidecarProcess process;

    private WatchedSidecar(SidecarProcess process) {
        this.process = process;
    }

    static WatchedSidecar start(PostgresLab lab, StandInApi api, Map<String, String> extra) {
        return start(lab.writeUrl(), lab.membersSetting(), api, extra);
    }

    /** Starts one with twice the default pace, so that tests wait half as long; {@code extra} comes on top. */
    static WatchedSidecar start(String writeUrl, String members, StandInApi api, Map<String, String> extra) {
        Map<String, String> environment = new HashMap<>(extra);
        environment.putIfAbsent("STATEHUB_POSTGRES_MEMBERS", members);
        return discovering(writeUrl, api, environment);
    }

    /**
     * The same, with the members to be discovered. By itself it writes beats under a name of its own: one that another
     * wrote under a moment ago it would leave alone for ten seconds.
     */
    static WatchedSidecar discovering(String writeUrl, StandInApi api, Map<String, String> extra) {
        Map<String, String> environment = environment(writeUrl, api, extra);
        environment.putIfAbsent("STATEHUB_HEARTBEAT_WRITER", "watched-" + WRITERS.incrementAndGet());
        WatchedSidecar sidecar = new WatchedSidecar(SidecarProcess.start(environment));
        sidecar.process.awaitLive(DEADLINE);
        return sidecar;
    }

    /** The settings of such a sidecar, which its commands take too. */
    static Map<String, String> environment(String writeUrl, StandInApi api, Map<String, String> extra) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "STATEHUB_API_URL", api.url(),
                "STATEHUB_API_READINESS_INTERVAL", "1s",
                "STATEHUB_API_READINESS_TIMEOUT", "900ms",
                "STATEHUB_API_LIVENESS_TIMEOUT", "450ms",
                "STATEHUB_POSTGRES_URL", writeUrl,
                "STATEHUB_POSTGRES_USERNAME", LabRoles.SIDECAR,
                "STATEHUB_PROBE_INTERVAL", "500ms",
                "STATEHUB_PROBE_DEADLINE", "450ms"));
        environment.put("STATEHUB_HEARTBEAT_INTERVAL", HEARTBEAT_INTERVAL.toMillis() + "ms");
        environment.put("STATEHUB_HEARTBEAT_TIMEOUT", HEARTBEAT_TIMEOUT.toMillis() + "ms");
        environment.putAll(extra);
        if (!environment.containsKey("STATEHUB_POSTGRES_PASSWORD_FILE")) {
            environment.putIfAbsent("STATEHUB_POSTGRES_PASSWORD", LabRoles.SIDECAR_PASSWORD);
        }
        return environment;
    }

    SidecarProcess process() {
        return process;
    }

    JsonPath status() {
        return JsonPath.from(body("/status"));
    }

    JsonPath failovers() {
        return JsonPath.from(body("/failovers"));
    }

    /** With as many of those that ended as are asked for, 100 at most. */
    JsonPath failovers(int limit) {
        return JsonPath.from(body("/failovers?limit=" + limit));
    }

    /** One value of one member in /status, such as {@code replication.lagBytes}; null where that says null. */
    <T> Optional<T> ofMember(String member, String path) {
        return Optional.ofNullable(status().get("cluster.members.find { it.name == '" + member + "' }." + path));
    }

    /**
     * What is asked again and again until something has happened: a {@link JsonPath} compiles each question, as a
     * script.
     */
    private JsonObject document(String path) {
        return JsonLibrary.object(body(path));
    }

    /** The state of the observed failovers, such as {@code stable}. */
    String failoverState() {
        return document("/failovers").getString("state");
    }

    /** The open findings as {@code kind subject}. */
    List<String> findings() {
        return findings(document("/status"));
    }

    private static List<String> findings(JsonObject status) {
        return status.getJsonArray("findings").getValuesAs(JsonObject.class).stream()
                .map(finding -> finding.getString("kind") + " " + finding.getString("subject"))
                .toList();
    }

    String measured(String kind, String subject) {
        return status().getString(
                        "findings.find { it.kind == '" + kind + "' && it.subject == '" + subject + "' }.measured");
    }

    /** The value of a series as it is written in the exposition; empty if there is no such series. */
    Optional<Double> metric(String series) {
        return body("/metrics")
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst();
    }

    /** The HTTP status of a health endpoint. */
    int health(String path) {
        return get("/q/health/" + path).status();
    }

    void awaitFinding(String kind, String subject) {
        until(() -> assertThat(findings()).contains(kind + " " + subject));
    }

    void awaitNoFinding(String kind, String subject) {
        until(() -> assertThat(findings()).doesNotContain(kind + " " + subject));
    }

    /**
     * Until everything that it watches is well and the pod is ready. It may be late itself: that is told of this
     * machine, for seconds after each time that another process was started on it.
     */
    void awaitSteady() {
        until(() -> {
            JsonObject now = document("/status");
            assertThat(findings(now)).isSubsetOf("own_process_late process");
            JsonObject status = now.getJsonObject("status");
            assertThat(List.of("api", "database", "replication"))
                    .allSatisfy(
                            part -> assertThat(status.getString(part)).as(part).isEqualTo("UP"));
            assertThat(status.getString("kubernetes", "UP")).isEqualTo("UP");
            assertThat(health("ready")).isEqualTo(200);
        });
    }

    /**
     * Until it has written for longer than one look at the members is from the next. Its first beat may be late, and
     * what has failed from the start has no upper bound, in a record that begins before the next look too.
     */
    void awaitBeats() {
        until(() -> assertThat(Optional.ofNullable(status().<Number>get("heartbeat.acked")))
                .hasValueSatisfying(acked -> assertThat(acked.longValue()).isGreaterThanOrEqualTo(BEATS)));
    }

    void until(ThrowingRunnable assertion) {
        try {
            await().atMost(DEADLINE).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
        } catch (RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n" + process.output(), e);
        }
    }

    private String body(String path) {
        SidecarProcess.Answer answer = get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.body();
    }

    private SidecarProcess.Answer get(String path) {
        try {
            return process.get(path);
        } catch (IOException e) {
            throw new UncheckedIOException(process.output(), e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

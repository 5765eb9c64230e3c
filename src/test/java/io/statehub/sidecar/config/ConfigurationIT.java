package io.statehub.sidecar.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator sees of a mistake in the settings: the packaged sidecar, started with it. */
class ConfigurationIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 2;
    private static final int AFTER_SIGTERM = 128 + 15;

    private static final Map<String, String> SOUND = Map.of(
            "STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/state",
            "STATEHUB_POSTGRES_MEMBERS", "pg-1=127.0.0.1:1,pg-2=127.0.0.1:2");

    private static final String PROBE_VARIABLES = "STATEHUB_PROBE_DEADLINE, STATEHUB_PROBE_FAILURES_TO_DOWN,"
            + " STATEHUB_PROBE_INTERVAL, STATEHUB_PROBE_STALE_AFTER, STATEHUB_PROBE_SUCCESSES_TO_UP";

    private static final String READINESS_SETTINGS = "statehub.readiness.database-policy, statehub.readiness.grace";

    /** Each with what is said about it. An empty value takes a variable away. */
    @SuppressWarnings("ImmutableEnumChecker") // the maps and lists are those of Map.of and List.of
    private enum Mistake {
        MISSPELT_SYSTEM_PROPERTY(
                Map.of(),
                List.of("-Dstatehub.readiness.gracee=9s"),
                "statehub.readiness.gracee (in SysPropConfigSource) is not a setting; allowed: " + READINESS_SETTINGS),
        MISSPELT_VARIABLE(
                Map.of("STATEHUB_PROBE_INTERVALL", "9s"),
                List.of(),
                "environment variable STATEHUB_PROBE_INTERVALL is not a setting; allowed: " + PROBE_VARIABLES),
        WRONG_TYPE(
                Map.of("STATEHUB_PROBE_FAILURES_TO_DOWN", "many"),
                List.of(),
                "statehub.probe.failures-to-down: 'many' is not allowed: it must be a whole number from 1 to 1000"),
        NEGATIVE_DURATION(
                Map.of("STATEHUB_PROBE_INTERVAL", "-1s"),
                List.of(),
                "statehub.probe.interval: '-1s' is not allowed: it must be a duration from 1ms to 24h, such as"
                        + " 500ms, 5s"
                        + " or 2m"),
        DUPLICATE_MEMBER(
                Map.of("STATEHUB_POSTGRES_MEMBERS", "pg-1=127.0.0.1:1,pg-1=127.0.0.1:2"),
                List.of(),
                "statehub.postgres.members: 'pg-1=127.0.0.1:2' is not allowed: it must be each name once"),
        DEADLINE_LONGER_THAN_INTERVAL(
                Map.of("STATEHUB_PROBE_DEADLINE", "1500ms"),
                List.of(),
                "statehub.probe.deadline: '1500ms' is not allowed: it must be at most statehub.probe.interval, 1s"),
        MISSING_URL(
                Map.of("STATEHUB_POSTGRES_URL", ""),
                List.of(),
                "statehub.postgres.url (STATEHUB_POSTGRES_URL) is not set: it must be"
                        + " jdbc:postgresql://host:port/database with no parameters,"
                        + " which are settings of their own"),
        NOTHING_SET(
                Map.of("STATEHUB_POSTGRES_URL", "", "STATEHUB_POSTGRES_MEMBERS", ""),
                List.of(),
                "statehub.postgres.url (STATEHUB_POSTGRES_URL) is not set: it must be"
                        + " jdbc:postgresql://host:port/database with no parameters, which are settings of their own",
                "statehub.postgres.members (STATEHUB_POSTGRES_MEMBERS) is not set: it must be name=host:port with"
                        + " commas between, such as pg-1=10.0.0.1:5432,pg-2=10.0.0.2:5432, or"
                        + " statehub.postgres.discovery cnpg"),
        SEVERAL_VALUES(
                Map.of("STATEHUB_PROBE_INTERVAL", "soon", "STATEHUB_PROBE_X", "1"),
                List.of("-Dstatehub.readiness.x=1", "-Dstatehub.readiness.database-policy=never"),
                "statehub.probe.interval: 'soon' is not allowed: it must be a duration from 1ms to 24h, such as"
                        + " 500ms, 5s"
                        + " or 2m",
                "statehub.readiness.database-policy: 'never' is not allowed: it must be one of strict, degrade, ignore",
                "statehub.readiness.x (in SysPropConfigSource) is not a setting; allowed: " + READINESS_SETTINGS,
                "environment variable STATEHUB_PROBE_X is not a setting; allowed: " + PROBE_VARIABLES),
        SEVERAL_CONTRADICTIONS(
                Map.of("STATEHUB_PROBE_DEADLINE", "2s", "STATEHUB_POSTGRES_SSLMODE", "verify-full"),
                List.of(),
                "statehub.probe.deadline: '2s' is not allowed: it must be at most statehub.probe.interval, 1s",
                "statehub.postgres.sslmode: 'verify-full' is not allowed: it must be set together with"
                        + " statehub.postgres.sslrootcert, or one of disable, allow, prefer, require");

        private final Map<String, String> variables;
        private final List<String> systemProperties;
        private final List<String> said;

        Mistake(Map<String, String> variables, List<String> systemProperties, String... said) {
            this.variables = variables;
            this.systemProperties = systemProperties;
            this.said = List.of(said);
        }

        Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>(SOUND);
            environment.putAll(variables);
            environment.values().removeIf(String::isEmpty);
            return environment;
        }
    }

    private record Ended(int code, List<String> errors, String output) {}

    private static final Map<Mistake, Future<Ended>> ENDED = new EnumMap<>(Mistake.class);
    private static final ExecutorService STARTS = Executors.newFixedThreadPool(AT_ONCE);

    @BeforeAll
    static void startAllSinceEachTakesASecond() {
        for (Mistake mistake : Mistake.values()) {
            ENDED.put(
                    mistake,
                    STARTS.submit(() -> ended(mistake.environment(), FreePorts.next(), mistake.systemProperties)));
        }
    }

    @AfterAll
    static void leaveNothingBehind() {
        STARTS.shutdownNow();
    }

    private static Ended ended(Map<String, String> environment, int port, List<String> systemProperties) {
        try (SidecarProcess sidecar = SidecarProcess.start(environment, port, systemProperties)) {
            int code = sidecar.awaitExit(DEADLINE).code();
            return new Ended(code, sidecar.errorLines(), sidecar.output());
        }
    }

    @ParameterizedTest
    @EnumSource(Mistake.class)
    void aMistakeStopsTheStartWithOneLineForEachProblemAndNothingElse(Mistake mistake)
            throws ExecutionException, InterruptedException {
        Ended ended = requireNonNull(ENDED.get(mistake)).get();

        assertThat(ended.errors()).containsExactlyInAnyOrderElementsOf(mistake.said);
        assertThat(ended.output()).as("both outputs").hasLineCount(mistake.said.size());
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void aPortInUseStopsTheStartWithOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = ended(SOUND, taken.getLocalPort(), List.of());

            assertThat(ended.errors())
                    .containsExactly("quarkus.http.port: 127.0.0.1:" + taken.getLocalPort()
                            + " can't be listened on: it must be a free port of this machine");
            assertThat(ended.output()).doesNotContain("\tat ", "Exception", "ERROR");
            assertThat(ended.code()).isEqualTo(1);
        }
    }

    @Test
    void aMisspeltKeyInAFileIsToldWithTheFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("sidecar.properties"), "statehub.readiness.gracee=9s\n", UTF_8);

        Ended ended = ended(SOUND, FreePorts.next(), List.of("-Dquarkus.config.locations=" + file));

        assertThat(ended.errors())
                .singleElement()
                .asString()
                .startsWith("statehub.readiness.gracee (in ")
                .contains("sidecar.properties")
                .endsWith(") is not a setting; allowed: " + READINESS_SETTINGS);
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void soundSettingsAndTheVariablesOfAServiceStartWithNothingOnStandardError() {
        Map<String, String> environment = new HashMap<>(SOUND);
        environment.put("STATEHUB_API_PORT", "tcp://10.0.0.1:80");
        environment.put("STATEHUB_API_PORT_80_TCP", "tcp://10.0.0.1:80");
        environment.put("STATEHUB_SERVICE_HOST", "10.0.0.1");
        try (SidecarProcess sidecar = SidecarProcess.start(environment)) {
            sidecar.awaitLive(DEADLINE);

            assertThat(sidecar.errorLines()).isEmpty();
            assertThat(sidecar.terminate().code()).isEqualTo(AFTER_SIGTERM);
        }
    }
}

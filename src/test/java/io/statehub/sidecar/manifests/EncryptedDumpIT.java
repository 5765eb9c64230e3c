package io.statehub.sidecar.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.testing.lab.InstalledPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script of the encrypted dumps, as the CronJob runs it: real {@code pg_dump}, {@code age} and {@code curl}, and a
 * store that answers.
 */
class EncryptedDumpIT {

    private static final Path SCRIPT = Path.of("src", "main", "kubernetes", "components", "encrypted-dump", "dump.sh");

    private static InstalledPostgres postgres;
    private static Path identity;
    private static Path recipients;

    @TempDir
    private Path directory;

    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    private final Map<String, String> signed = new ConcurrentHashMap<>();
    private HttpServer store;
    private volatile int status = 200;

    @BeforeAll
    static void start(@TempDir Path shared) throws IOException {
        Program.require("age", "age-keygen", "curl");
        identity = shared.resolve("identity");
        recipients = shared.resolve("recipients.txt");
        assertThat(Program.run(List.of("age-keygen", "-o", identity.toString())).code())
                .isZero();
        Files.writeString(
                recipients,
                "# in a safe\n"
                        + Program.run(List.of("age-keygen", "-y", identity.toString()))
                                .output());
        postgres = InstalledPostgres.start(Files.createDirectory(shared.resolve("postgres")));
        postgres.executeIn("postgres", "CREATE DATABASE state_hub");
        postgres.executeIn(
                "state_hub",
                "CREATE TABLE entry AS SELECT n AS id, 'clear text ' || n AS words FROM generate_series(1, 5000) n");
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void openStore() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", this::take);
        store.start();
    }

    @AfterEach
    void closeStore() {
        store.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (status == 200) {
                stored.put(name, body);
                signed.put(name, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", postgres.programs() + ":" + System.getenv("PATH"));
        environment.put("PGHOST", "127.0.0.1");
        environment.put("PGPORT", Integer.toString(postgres.port()));
        environment.put("PGUSER", "postgres");
        environment.put("PGDATABASE", "state_hub");
        environment.put("DUMP_RECIPIENTS", recipients.toString());
        environment.put("DUMP_DIRECTORY", directory.toString());
        environment.put("DUMP_URL", "http://127.0.0.1:" + store.getAddress().getPort() + "/state-hub-dumps");
        environment.put("DUMP_REGION", "eu-central-1");
        environment.put("DUMP_ACCESS_KEY_ID", "our-key");
        environment.put("DUMP_ACCESS_SECRET_KEY", "our-secret");
        return environment;
    }

    private static Program.Ended dumped(Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("env", "-i"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("bash", SCRIPT.toString()));
        return Program.run(command);
    }

    private Map<String, byte[]> objects(String ending) {
        Map<String, byte[]> objects = new TreeMap<>(stored);
        objects.keySet().removeIf(name -> !name.endsWith(ending));
        return objects;
    }

    @Test
    void whatIsStoredIsEncryptedAndComesBackWhole() throws IOException, GeneralSecurityException {
        Program.Ended ended = dumped(environment());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(stored).hasSize(2);
        Map.Entry<String, byte[]> dump =
                objects(".dump.age").entrySet().iterator().next();
        assertThat(dump.getKey()).matches("/state-hub-dumps/state_hub-\\d{8}T\\d{6}Z\\.dump\\.age");
        assertThat(new String(dump.getValue(), UTF_8))
                .startsWith("age-encryption.org/v1")
                .doesNotContain("entry");
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(dump.getValue()));
        assertThat(new String(stored.get(dump.getKey() + ".sha256"), UTF_8))
                .isEqualTo(digest + "  " + dump.getKey().replaceAll(".*/", "") + "\n");
        assertThat(ended.output()).contains(dump.getValue().length + " bytes, SHA-256 " + digest);
        assertThat(signed.values()).allMatch(header -> header.startsWith("AWS4-HMAC-SHA256 Credential=our-key/"));

        Path encrypted = Files.write(directory.resolve("stored.age"), dump.getValue());
        Path plain = directory.resolve("plain.dump");
        assertThat(Program.run(List.of(
                                "age", "-d", "-i", identity.toString(), "-o", plain.toString(), encrypted.toString()))
                        .code())
                .isZero();
        postgres.executeIn("postgres", "CREATE DATABASE restored");
        Program.Ended restored = Program.run(List.of(
                postgres.programs().resolve("pg_restore").toString(),
                "--host=127.0.0.1",
                "--port=" + postgres.port(),
                "--username=postgres",
                "--dbname=restored",
                "--exit-on-error",
                plain.toString()));
        assertThat(restored.code()).as(restored.output()).isZero();
        String digestOfRows = "SELECT count(*) || ' ' || md5(string_agg(id || words, ',' ORDER BY id)) FROM entry";
        assertThat(postgres.queryIn("restored", digestOfRows)).isEqualTo(postgres.queryIn("state_hub", digestOfRows));
    }

    @Test
    void neitherDumpNorSecretStaysBehind() throws IOException {
        Program.Ended ended = dumped(environment());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).doesNotContain("our-secret");
        assertNothingStays();
    }

    private void assertNothingStays() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void anotherKeyOpensNothing() throws IOException {
        dumped(environment());
        Path other = directory.resolve("other");
        Program.run(List.of("age-keygen", "-o", other.toString()));
        Path encrypted = Files.write(
                directory.resolve("stored.age"),
                objects(".dump.age").values().iterator().next());

        assertThat(Program.run(List.of("age", "-d", "-i", other.toString(), encrypted.toString()))
                        .code())
                .isNotZero();
    }

    @Test
    void withoutARecipientOfOnesOwnNothingIsDumped() throws IOException {
        Map<String, String> environment = environment();
        // As it comes with the manifests.
        environment.put(
                "DUMP_RECIPIENTS", SCRIPT.resolveSibling("recipients.txt").toString());

        Program.Ended ended = dumped(environment);

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("names no recipient");
        assertThat(stored).isEmpty();
    }

    @Test
    void aDumpThatBreaksOffIsNotStored() throws IOException {
        Map<String, String> environment = environment();
        environment.put("PGDATABASE", "no_such_database");

        Program.Ended ended = dumped(environment);

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("no_such_database on 127.0.0.1 was not dumped");
        assertThat(stored).isEmpty();
        assertNothingStays();
    }

    @Test
    void aStoreThatRefusesFailsTheJob() throws IOException {
        status = 403;

        Program.Ended ended = dumped(environment());

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("did not take state_hub-", "403");
        assertNothingStays();
    }

    @Test
    void whatIsNotSetIsNamed() {
        Map<String, String> environment = environment();
        environment.remove("DUMP_ACCESS_SECRET_KEY");

        assertThat(dumped(environment).output()).contains("dump: DUMP_ACCESS_SECRET_KEY is not set");
    }
}

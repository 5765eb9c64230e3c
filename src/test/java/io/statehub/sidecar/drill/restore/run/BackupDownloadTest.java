package io.statehub.sidecar.drill.restore.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.statehub.sidecar.testing.CertificateAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup behind an HTTPS URL, from a store that is honest and from one that isn't. */
@Timeout(120)
class BackupDownloadTest {

    private static final byte[] BACKUP = "PGDMP and more; ".repeat(20_000).getBytes(US_ASCII);
    private static final Optional<String> ANY_DIGEST = Optional.empty();
    private static final OptionalLong ANY_LENGTH = OptionalLong.empty();

    @TempDir
    private Path folder;

    private CertificateAuthority authority;
    private HttpsServer store;

    @BeforeEach
    void start() throws Exception {
        authority = CertificateAuthority.named("store");
        store = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.setHttpsConfigurator(new HttpsConfigurator(
                authority.issue("store", CertificateAuthority.dns("localhost")).serverContext()));
        store.createContext("/whole", exchange -> answer(exchange, 200, BACKUP.length, BACKUP.length));
        store.createContext("/unannounced", exchange -> answer(exchange, 200, 0, BACKUP.length));
        store.createContext("/cut", exchange -> answer(exchange, 200, BACKUP.length, BACKUP.length / 2));
        store.createContext("/denied", exchange -> answer(exchange, 403, 10, 10));
        store.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", url("whole"));
            answer(exchange, 302, 10, 10);
        });
        store.start();
    }

    @AfterEach
    void stop() {
        store.stop(0);
    }

    /** @param announced 0 to announce nothing */
    private static void answer(HttpExchange exchange, int status, long announced, int sent) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, announced);
            OutputStream body = exchange.getResponseBody();
            body.write(BACKUP, 0, sent);
            body.flush();
        }
    }

    private String url(String path) {
        return "https://localhost:" + store.getAddress().getPort() + "/" + path;
    }

    private Path fetched(String path, Optional<String> digest, OptionalLong length) throws Exception {
        return new BackupSource(url(path), digest, length)
                .fetched(folder, Optional.of(authority.clientContext().getSocketFactory()));
    }

    private static void assertNotRun(Throwable thrown, boolean damaged) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.isDamaged()).isEqualTo(damaged));
    }

    @Test
    void aBackupIsDownloadedAndItsLengthAndDigestAreChecked() throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BACKUP));

        Path file = fetched("whole?signature=secret", Optional.of(digest), OptionalLong.of(BACKUP.length));

        assertThat(file).hasBinaryContent(BACKUP).hasParent(folder);
        assertThat(fetched("unannounced", Optional.of(digest), OptionalLong.of(BACKUP.length)))
                .hasBinaryContent(BACKUP);
        assertThatThrownBy(() -> fetched("whole", Optional.of("0".repeat(64)), ANY_LENGTH))
                .hasMessage("its SHA-256 is " + digest + ", expected " + "0".repeat(64))
                .satisfies(e -> assertNotRun(e, true));
    }

    @Test
    void aLengthIsALimitWhetherItIsAnnouncedOrNot() throws Exception {
        assertThatThrownBy(() -> fetched("whole", ANY_DIGEST, OptionalLong.of(BACKUP.length - 1)))
                .hasMessage("it has " + BACKUP.length + " bytes, expected " + (BACKUP.length - 1))
                .satisfies(e -> assertNotRun(e, true));
        assertThat(folder.resolve("backup")).as("nothing of it was read").doesNotExist();
        assertThatThrownBy(() -> fetched("unannounced", ANY_DIGEST, OptionalLong.of(BACKUP.length - 1)))
                .hasMessage("the download is longer than the expected " + (BACKUP.length - 1) + " bytes")
                .satisfies(e -> assertNotRun(e, true));
        assertThat(Files.size(folder.resolve("backup"))).isLessThan(BACKUP.length);
        assertThatThrownBy(() -> fetched("unannounced", ANY_DIGEST, ANY_LENGTH))
                .hasMessageStartingWith("the server does not say how long the backup is: --length must say it")
                .satisfies(e -> assertNotRun(e, false));
    }

    @Test
    void aDownloadThatBreaksOffIsNoDamageOfTheBackup() {
        for (String path : Arrays.asList("cut", "unannounced")) {
            assertThatThrownBy(() ->
                            fetched(path, ANY_DIGEST, OptionalLong.of(BACKUP.length + (path.equals("cut") ? 0 : 1))))
                    .hasMessageStartingWith("the backup can't be read: the download failed: ")
                    .satisfies(e -> assertNotRun(e, false));
        }
    }

    @Test
    void whatIsNotTheBackupIsNotTakenForIt() {
        assertThatThrownBy(() -> fetched("denied", ANY_DIGEST, ANY_LENGTH))
                .hasMessage("the backup can't be read: HTTP 403, expected 200")
                .satisfies(e -> assertNotRun(e, false));
        assertThatThrownBy(() -> fetched("moved", ANY_DIGEST, ANY_LENGTH))
                .as("a redirect could lead anywhere")
                .hasMessage("the backup can't be read: HTTP 302, expected 200");
    }

    @Test
    void aStoreWhoseCertificateNobodyVouchesForIsNotAsked() {
        BackupSource source = new BackupSource(url("whole"), ANY_DIGEST, ANY_LENGTH);

        assertThatThrownBy(() -> source.fetched(folder))
                .hasMessageEndingWith("the certificate of its server is of no authority that Java trusts")
                .satisfies(e -> assertNotRun(e, false));
    }
}

package io.statehub.sidecar.probe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.FailureKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the probe makes of TLS, good and bad. */
@Timeout(240)
class ApiProbeTlsTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private static TestCertificates certificates;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeCertificates() throws GeneralSecurityException {
        certificates = TestCertificates.make();
    }

    private static ScriptedServer serverWith(String certificate) throws IOException, GeneralSecurityException {
        return ScriptedServer.tls(certificates.server(certificate), ScriptedServer.always(Answers.OK));
    }

    private Path trusting(String alias) throws IOException, GeneralSecurityException {
        return Files.writeString(directory.resolve("ca.pem"), certificates.pem(alias));
    }

    @Test
    void aTrustedServerAnswersOverOneConnection() throws IOException, GeneralSecurityException {
        try (ScriptedServer server = serverWith("localhost");
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(trusting("ca")))) {
            bench.assertAnswers(200);
            bench.assertAnswers(200);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void anAddressCanBeNamedInTheCertificateToo() throws IOException, GeneralSecurityException {
        try (ScriptedServer server = serverWith("localhost")) {
            URI address = URI.create("https://127.0.0.1:" + server.url().getPort());
            try (ProbeBench bench = new ProbeBench(ApiSettingsFake.of(address).withCaFile(trusting("ca")))) {
                bench.assertAnswers(200);
            }
        }
    }

    @Test
    void anUnknownCaIsNamedAsSuch() throws IOException, GeneralSecurityException {
        Path caFile = trusting("other-ca");
        try (ScriptedServer server = serverWith("localhost");
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(caFile))) {
            bench.assertFails(FailureKind.UNTRUSTED)
                    .isEqualTo("localhost:" + server.url().getPort()
                            + " shows a certificate of an unknown CA; trusted are those of " + caFile);
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void withoutACaFileTheRuntimesOwnAreTrusted() throws IOException, GeneralSecurityException {
        try (ScriptedServer server = serverWith("localhost");
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.UNTRUSTED).endsWith("unknown CA; trusted are those of the Java runtime");
        }
    }

    @Test
    void aMissingCaFileIsNamedAndItsComingIsNoticed() throws IOException, GeneralSecurityException {
        Path caFile = directory.resolve("ca.pem");
        try (ScriptedServer server = serverWith("localhost");
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(caFile))) {
            bench.assertFails(FailureKind.CREDENTIAL_UNREADABLE)
                    .isEqualTo("trusted certificates: " + caFile + " does not exist");
            trusting("ca");
            bench.assertAnswers(200);
            Files.delete(caFile);
            bench.assertFails(FailureKind.CREDENTIAL_UNREADABLE);
            Eventually.assertThat(server::open).isZero();
        }
    }

    @Test
    void aCaFileWithoutCertificatesIsNamed() throws IOException, GeneralSecurityException {
        Path caFile = Files.writeString(directory.resolve("ca.pem"), "");
        try (ScriptedServer server = serverWith("localhost");
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(caFile))) {
            bench.assertFails(FailureKind.CREDENTIAL_UNREADABLE).contains(caFile.toString());
            Files.writeString(caFile, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
            bench.assertFails(FailureKind.CREDENTIAL_UNREADABLE).contains(caFile.toString());
            Files.writeString(caFile, "nonsense");
            bench.assertFails(FailureKind.CREDENTIAL_UNREADABLE).contains(caFile.toString());
        }
    }

    @Test
    void aRotatedCaCountsFromTheNextRequestOn() throws IOException, GeneralSecurityException {
        Path caFile = trusting("other-ca");
        try (ScriptedServer server = serverWith("localhost");
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(caFile))) {
            bench.assertFails(FailureKind.UNTRUSTED);
            Files.writeString(caFile, certificates.pem("other-ca") + certificates.pem("ca"));
            bench.assertAnswers(200);
            Files.writeString(caFile, certificates.pem("other-ca"));
            bench.assertFails(FailureKind.UNTRUSTED).contains("unknown CA");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRejected() throws IOException, GeneralSecurityException {
        try (ScriptedServer server = serverWith("elsewhere");
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(trusting("ca")))) {
            bench.assertFails(FailureKind.TLS)
                    .contains(" shows a certificate that is not for localhost: 'No subject alternative DNS name");
        }
    }

    @Test
    void anExpiredCertificateIsRejected() throws IOException, GeneralSecurityException {
        try (ScriptedServer server = serverWith("expired");
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(trusting("ca")))) {
            bench.assertFails(FailureKind.TLS).contains(" shows a certificate that has expired: 'NotAfter: ");
        }
    }

    @Test
    void plainHttpWhereTlsIsExpectedIsNamedAsSuch() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(
                        connection -> connection.write(Answers.with("400 Bad Request", "", "what?")));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(
                        URI.create("https://localhost:" + server.url().getPort())))) {
            bench.assertFails(FailureKind.TLS).contains("answers in plain text where TLS is expected");
        }
    }

    @Test
    void tlsWherePlainHttpIsExpectedIsUnexpected() throws IOException, GeneralSecurityException {
        try (ScriptedServer server = serverWith("localhost");
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(
                        URI.create("http://localhost:" + server.url().getPort())))) {
            ApiObservation observation = bench.observe();
            assertThat(observation.failure().orElseThrow().kind())
                    .as("%s", observation)
                    .isIn(FailureKind.PROTOCOL, FailureKind.RESET);
        }
    }

    @Test
    void aServerThatClosesInsteadOfAgreeingIsATlsFault() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {});
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(
                        URI.create("https://localhost:" + server.url().getPort())))) {
            bench.assertFails(FailureKind.TLS).endsWith("dropped the connection while TLS was being agreed on");
        }
    }

    @Test
    void aHandshakeThatHangsTimesOut() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.Connection::awaitClientGone);
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(
                                URI.create("https://localhost:" + server.url().getPort()))
                        .withTlsTimeout(SHORT))) {
            for (int i = 0; i < 3; i++) {
                bench.assertFails(FailureKind.TIMED_OUT)
                        .matches("no TLS session with localhost:\\d+ after \\d{3,} ms, allowed 200");
            }
            Eventually.assertThat(server::open).isZero();
        }
    }

    @Test
    void soDoesOneThatOutlastsTheDeadline() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.Connection::awaitClientGone);
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(
                                URI.create("https://localhost:" + server.url().getPort()))
                        .withTlsTimeout(SHORT))) {
            for (int i = 0; i < 10; i++) {
                ProbeBench.assertFailed(bench.observe(Duration.ofMillis(20)), FailureKind.TIMED_OUT);
            }
            Eventually.assertThat(server::open).isZero();
        }
    }

    @Test
    void aStaleConnectionIsNoFaultOverTlsEither() throws IOException, GeneralSecurityException {
        try (ScriptedServer server = ScriptedServer.tls(certificates.server("localhost"), connection -> {
                    connection.readRequest();
                    connection.write(Answers.OK);
                    connection.readRequest();
                });
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(trusting("ca")))) {
            bench.assertAnswers(200);
            bench.assertAnswers(200);
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void aConnectionThatIsMadeInTheMomentInWhichItsRequestIsGivenUpStaysNotBesideTheNext()
            throws IOException, GeneralSecurityException {
        Duration allowed = Duration.ofMillis(250);
        for (int late = 200; late < 250; late += 6) {
            ScriptedServer.Script slowToAgree =
                    ScriptedServer.late(Duration.ofMillis(late), ScriptedServer.always(Answers.OK));
            try (ScriptedServer server = ScriptedServer.tls(certificates.server("localhost"), slowToAgree);
                    ProbeBench bench =
                            new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(trusting("ca")))) {
                for (int round = 0; round < 6; round++) {
                    bench.observe(allowed);
                }
                Eventually.assertThat(server::open).isAtMost(1);
            }
        }
    }

    /** The pool would have begun a handshake for each, beside those that are under way. */
    @Test
    void requestsThatAreGivenUpDuringAHandshakeShareItsConnection() throws IOException, GeneralSecurityException {
        CountDownLatch agreeing = new CountDownLatch(1);
        ScriptedServer.Script slowToAgree = connection -> {
            ScriptedServer.awaitUninterrupted(agreeing);
            ScriptedServer.always(Answers.OK).serve(connection);
        };
        try (ScriptedServer server = ScriptedServer.tls(certificates.server("localhost"), slowToAgree);
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withCaFile(trusting("ca")))) {
            for (int round = 0; round < 8; round++) {
                ProbeBench.assertFailed(bench.observe(SHORT), FailureKind.TIMED_OUT);
            }
            assertThat(server.accepted()).isEqualTo(1);

            agreeing.countDown();
            await().atMost(ApiSettingsFake.GENEROUS).until(() -> bench.observe() instanceof ApiObservation.Answered);
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(server.requests()).as("none of those given up was sent").isEqualTo(1);
        } finally {
            agreeing.countDown();
        }
    }
}

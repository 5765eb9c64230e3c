package io.statehub.sidecar.probe.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.probe.api.ExchangeProgress.Phase;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultClassifierTest {

    private static final FaultClassifier CLASSIFIER = new FaultClassifier(
            new ApiTarget("api.test", 8443, true, "/health?key=hidden"),
            Duration.ofMillis(500),
            Duration.ofMillis(400),
            "/etc/ca.pem");

    private static Failure classify(Throwable cause, ExchangeProgress progress) {
        return CLASSIFIER.classify(cause, progress, Duration.ofMillis(612), Optional.empty());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        new UnknownHostException("api.test: Temporary failure"), FailureKind.UNRESOLVED, "api.test"),
                Arguments.of(
                        new ConnectTimeoutException("connection timed out"),
                        FailureKind.TIMED_OUT,
                        "no TCP connection to api.test:8443 after 612 ms, allowed 500"),
                Arguments.of(new ConnectException("Connection refused"), FailureKind.REFUSED, "api.test:8443"),
                Arguments.of(new NoRouteToHostException("No route to host"), FailureKind.UNREACHABLE, "api.test:8443"),
                Arguments.of(
                        handshake(new SslHandshakeTimeoutException("handshake timed out after 400ms")),
                        FailureKind.TIMED_OUT,
                        "no TLS session with api.test:8443 after 612 ms, allowed 400"),
                Arguments.of(
                        handshake(new NotSslRecordException("not an SSL/TLS record: 485454")),
                        FailureKind.TLS,
                        "api.test:8443 answers in plain text where TLS is expected: is it an http:// address?"),
                Arguments.of(
                        handshake(new CertificateException(new CertPathBuilderException("unable to find"))),
                        FailureKind.UNTRUSTED,
                        "api.test:8443 shows a certificate of an unknown CA; trusted are those of /etc/ca.pem"),
                Arguments.of(
                        handshake(new CertPathValidatorException(
                                "validity check failed", new CertificateExpiredException("NotAfter: yesterday"))),
                        FailureKind.TLS,
                        "api.test:8443 shows a certificate that has expired: 'NotAfter: yesterday'"),
                Arguments.of(
                        handshake(new CertificateNotYetValidException("NotBefore: tomorrow")),
                        FailureKind.TLS,
                        "api.test:8443 shows a certificate that is not valid yet: 'NotBefore: tomorrow'"),
                Arguments.of(
                        handshake(new CertificateException("No name matching api.test found")),
                        FailureKind.TLS,
                        "api.test:8443 shows a certificate that is not for api.test: 'No name matching api.test"
                                + " found'"),
                Arguments.of(
                        handshake(new CertificateException("Path invalid", new CertPathValidatorException("MD5 used"))),
                        FailureKind.TLS,
                        "api.test:8443 shows a certificate that is not valid: 'MD5 used'"),
                Arguments.of(
                        handshake(new ClosedChannelException()),
                        FailureKind.TLS,
                        "api.test:8443 dropped the connection while TLS was being agreed on"),
                Arguments.of(
                        new SSLException("Received fatal alert: certificate_required"),
                        FailureKind.AUTHENTICATION,
                        "api.test:8443 and we agree on no TLS session: 'Received fatal alert: certificate_required'"),
                Arguments.of(
                        new HttpClosedException("Connection was closed"),
                        FailureKind.RESET,
                        "api.test:8443, waiting for the answer to begin"),
                Arguments.of(
                        new SocketException("Connection reset"),
                        FailureKind.RESET,
                        "api.test:8443, waiting for the answer to begin"),
                Arguments.of(
                        new PrematureChannelClosureException("closed before headers"),
                        FailureKind.RESET,
                        "api.test:8443, waiting for the answer to begin"),
                Arguments.of(
                        new TooLongFrameException("too long"),
                        FailureKind.TOO_LARGE,
                        "/health answered with a status line or headers of more than the 4096 and 8192 bytes allowed"),
                Arguments.of(
                        new IllegalArgumentException("invalid version format: SSH-2.0"),
                        FailureKind.PROTOCOL,
                        "api.test:8443 gave no HTTP answer: 'invalid version format: SSH-2.0'"),
                Arguments.of(new IllegalStateException(), FailureKind.PROTOCOL, "api.test:8443 gave no HTTP answer"));
    }

    private static SSLHandshakeException handshake(Throwable cause) {
        SSLHandshakeException failed = new SSLHandshakeException("Failed to create SSL connection");
        failed.initCause(cause);
        return failed;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void eachFaultHasItsKindAndItsWords(Throwable cause, FailureKind kind, String detail) {
        assertThat(classify(cause, ExchangeProgress.before(Phase.HEAD))).isEqualTo(new Failure(kind, detail));
    }

    @Test
    void aLostBodySaysHowMuchOfItHadCome() {
        AnswerHead announced = new AnswerHead(200, "", "", 100);
        AnswerHead openEnded = new AnswerHead(200, "", "", -1);

        assertThat(classify(new IOException("Broken pipe"), ExchangeProgress.reading(announced, 12))
                        .detail())
                .endsWith("api.test:8443, reading the body, 12 of 100 bytes after status 200");
        assertThat(classify(new IOException("Broken pipe"), ExchangeProgress.reading(openEnded, 12))
                        .detail())
                .endsWith("api.test:8443, reading the body, 12 bytes after status 200");
    }

    @Test
    void latenessNamesThePhase() {
        assertThat(late(Phase.LOOKUP)).contains("given up looking up the name api.test after 612 ms, allowed 600");
        assertThat(late(Phase.CONNECTION)).contains("given up connecting or agreeing on TLS with api.test:8443 after");
        assertThat(late(Phase.HEAD)).contains("given up waiting for the answer to begin after");
        assertThat(late(Phase.BODY)).contains("given up reading the body after");
    }

    private static String late(Phase phase) {
        return CLASSIFIER
                .late(ExchangeProgress.before(phase), Duration.ofMillis(612), Duration.ofMillis(600))
                .detail();
    }

    @Test
    void aTokenThatTheServerSentBackIsKeptOut(@TempDir Path directory) throws IOException {
        BearerToken token = BearerToken.read(Files.writeString(directory.resolve("token"), "very-secret-token"));
        IllegalArgumentException echo = new IllegalArgumentException("invalid header: Bearer very-secret-tok");

        assertThat(CLASSIFIER
                        .classify(echo, ExchangeProgress.before(Phase.HEAD), Duration.ZERO, Optional.of(token))
                        .detail())
                .contains("withheld")
                .doesNotContain("very-secret");
    }

    @Test
    void aChainOfCausesThatLeadsBackToItselfEnds() {
        IllegalStateException one = new IllegalStateException("one");
        IllegalStateException other = new IllegalStateException("other", one);
        one.initCause(other);

        assertThat(classify(one, ExchangeProgress.before(Phase.HEAD)).kind()).isEqualTo(FailureKind.PROTOCOL);
    }
}

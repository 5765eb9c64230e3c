package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class SqlFailuresTest {

    private static Failure of(SQLException thrown) {
        return SqlFailures.of(thrown, "10.0.0.7:5432");
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new UnknownHostException("db"), FailureKind.UNRESOLVED),
                Arguments.of(new NoRouteToHostException("no route"), FailureKind.UNREACHABLE),
                Arguments.of(new ConnectException("refused"), FailureKind.REFUSED),
                Arguments.of(new SocketTimeoutException("read"), FailureKind.TIMED_OUT),
                Arguments.of(new SSLHandshakeException("no common protocol"), FailureKind.TLS),
                Arguments.of(
                        new SSLHandshakeException("PKIX path validation failed: signature check failed"),
                        FailureKind.UNTRUSTED),
                Arguments.of(
                        new SSLException(new CertificateException(new CertPathBuilderException("no path"))),
                        FailureKind.UNTRUSTED),
                Arguments.of(
                        new SSLHandshakeException("Received fatal alert: certificate_required"),
                        FailureKind.AUTHENTICATION),
                Arguments.of(new SocketException("Connection reset"), FailureKind.RESET),
                Arguments.of(new EOFException(), FailureKind.RESET));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void causeDecidesWhereTheDriverLostTheServer(Exception cause, FailureKind kind) {
        SQLException wrapped = new SQLException("lost", "08006", new SQLException("inner", "08001", cause));

        assertThat(of(wrapped).kind()).isEqualTo(kind);
    }

    @Test
    void serverWithoutTlsAndWrongHostNameAreTls() {
        assertThat(of(new SQLException("The server does not support SSL.", "08004"))
                        .kind())
                .isEqualTo(FailureKind.TLS);
        assertThat(of(new SQLException("The hostname db could not be verified", "08006"))
                        .kind())
                .isEqualTo(FailureKind.TLS);
    }

    @Test
    void aWayToLogInThatWeDoNotGoIsOurs() {
        String asked = "The authentication type password is not in the list of allowed methods";

        assertThat(of(new SQLException(asked, "08004")).kind()).isEqualTo(FailureKind.AUTHENTICATION);
    }

    @Test
    void ourOwnBoundsCountBeforeWhatTlsMakesOfThem() {
        Exception late = new Exchange.LateException("no answer");
        SQLException wrapped =
                new SQLException("SSL error", "08006", new SSLHandshakeException("lost").initCause(late));

        assertThat(of(wrapped).kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void onlyWhatEndsASessionIsWorthAnotherOne() {
        assertThat(SqlFailures.endsSession(new SQLException("terminating connection", "57P01")))
                .isTrue();
        assertThat(SqlFailures.endsSession(new SQLException("reset", "08006", new SocketException())))
                .isTrue();
        assertThat(SqlFailures.endsSession(new SQLException("late", "08006", new Exchange.LateException("late"))))
                .isFalse();
        assertThat(SqlFailures.endsSession(new SQLException("starting up", "57P03")))
                .isFalse();
        assertThat(SqlFailures.endsSession(new SQLException("lock timeout", "55P03")))
                .isFalse();
    }

    @Test
    void ourOwnDeadlineIsATimeout() {
        assertThat(of(new SQLTimeoutException("no answer")).kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void whatTheDriverSaysIsNotPassedOn() {
        SQLException thrown = new SQLException(
                "Connection to 10.0.0.7:5432 refused. Check that the hostname and port are correct and that the"
                        + " postmaster is"
                        + " accepting TCP/IP connections.",
                "08001",
                new ConnectException("Connection refused"));

        assertThat(of(thrown).described()).isEqualTo("connection refused (10.0.0.7:5432)");
    }

    @Test
    void whatTheServerSaysIsPassedOnWithItsState() {
        SQLException thrown = new PSQLException(
                new ServerErrorMessage("SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0"));

        assertThat(of(thrown).described())
                .isEqualTo("server accepts no connections (the database system is starting up, SQLSTATE 57P03)");
    }

    @Test
    void whyAServerTakesNobodysSessionIsPassedOn() {
        SQLException thrown = new PSQLException(
                new ServerErrorMessage("SFATAL\0VFATAL\0C57P03\0Mthe database system is not accepting connections\0"
                        + "DHot standby mode is disabled.\0"));

        assertThat(of(thrown).kind()).isEqualTo(FailureKind.SESSION_UNUSABLE);
        assertThat(of(thrown).detail())
                .isEqualTo("the database system is not accepting connections: Hot standby mode is disabled.,"
                        + " SQLSTATE 57P03");
    }

    @Test
    void ourOwnBoundsAreToldInOurWords() {
        SQLException thrown = new SQLException(
                "An I/O error occurred while sending to the backend.",
                "08006",
                new Exchange.LateException("no answer"));

        assertThat(of(thrown).described()).isEqualTo("no answer in time (no answer)");
    }

    static Stream<Arguments> tlsFaults() {
        return Stream.of(
                Arguments.of(new SQLException("The server does not support SSL.", "08004"), "no TLS offered"),
                Arguments.of(
                        new SQLException("The hostname db could not be verified", "08006"),
                        "certificate of another host"),
                Arguments.of(
                        new SQLException("SSL error", "08006", new CertPathBuilderException("unable to find")),
                        "certificate of an unknown CA"),
                Arguments.of(
                        new SQLException("SSL error", "08006", new CertificateExpiredException("NotAfter")),
                        "expired certificate"),
                Arguments.of(
                        new SQLException("SSL error", "08006", new CertificateNotYetValidException("NotBefore")),
                        "certificate not valid yet"));
    }

    static Stream<SQLException> unreadableTrust() {
        return Stream.of(
                new SQLException("Could not open SSL root certificate file", "08006", new FileNotFoundException()),
                new SQLException("Loading the SSL root certificate failed", "08006", new CertificateException("?")));
    }

    @ParameterizedTest
    @MethodSource("unreadableTrust")
    void trustedCertificatesThatCannotBeReadAreOurs(SQLException thrown) {
        assertThat(of(thrown).kind()).isEqualTo(FailureKind.CREDENTIAL_UNREADABLE);
        assertThat(of(thrown).detail())
                .isEqualTo("10.0.0.7:5432, the file of statehub.postgres.sslrootcert can't be read");
    }

    @ParameterizedTest
    @MethodSource("tlsFaults")
    void aTlsFaultIsOneOfAFew(SQLException thrown, String words) {
        assertThat(of(thrown).detail()).isEqualTo("10.0.0.7:5432, " + words);
    }
}

package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SqlFailuresTest {

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new UnknownHostException("db"), FailureKind.UNRESOLVED),
                Arguments.of(new NoRouteToHostException("no route"), FailureKind.UNREACHABLE),
                Arguments.of(new ConnectException("refused"), FailureKind.REFUSED),
                Arguments.of(new SocketTimeoutException("read"), FailureKind.TIMED_OUT),
                Arguments.of(new SSLHandshakeException("unknown CA"), FailureKind.TLS),
                Arguments.of(new SocketException("Connection reset"), FailureKind.RESET),
                Arguments.of(new EOFException(), FailureKind.RESET));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void causeDecidesWhereTheDriverLostTheServer(Exception cause, FailureKind kind) {
        SQLException wrapped = new SQLException("lost", "08006", new SQLException("inner", "08001", cause));

        assertThat(SqlFailures.of(wrapped).kind()).isEqualTo(kind);
    }

    @Test
    void serverWithoutTlsAndWrongHostNameAreTls() {
        assertThat(SqlFailures.of(new SQLException("The server does not support SSL.", "08004"))
                        .kind())
                .isEqualTo(FailureKind.TLS);
        assertThat(SqlFailures.of(new SQLException("The hostname db could not be verified", "08006"))
                        .kind())
                .isEqualTo(FailureKind.TLS);
        assertThat(SqlFailures.of(new SQLException(
                                "Could not open SSL root certificate file", "08006", new FileNotFoundException()))
                        .kind())
                .isEqualTo(FailureKind.TLS);
    }

    @Test
    void aWayToLogInThatWeDoNotGoIsOurs() {
        String asked = "The authentication type password is not in the list of allowed methods";

        assertThat(SqlFailures.of(new SQLException(asked, "08004")).kind()).isEqualTo(FailureKind.AUTHENTICATION);
    }

    @Test
    void ourOwnBoundsCountBeforeWhatTlsMakesOfThem() {
        Exception late = new Exchange.LateException("no answer");
        SQLException wrapped =
                new SQLException("SSL error", "08006", new SSLHandshakeException("lost").initCause(late));

        assertThat(SqlFailures.of(wrapped).kind()).isEqualTo(FailureKind.TIMED_OUT);
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
        assertThat(SqlFailures.of(new SQLTimeoutException("no answer")).kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void detailNamesTheRootCauseAndTheState() {
        SQLException thrown =
                new SQLException("The connection attempt failed.", "08001", new UnknownHostException("db.internal"));

        assertThat(SqlFailures.of(thrown).detail())
                .isEqualTo("The connection attempt failed.: db.internal (SQLSTATE 08001)");
    }
}

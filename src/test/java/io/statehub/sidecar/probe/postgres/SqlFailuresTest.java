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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "28P01,AUTHENTICATION",
        "28000,AUTHENTICATION",
        "42501,PERMISSION_DENIED",
        "3D000,NO_SUCH_DATABASE",
        "53300,TOO_MANY_CONNECTIONS",
        "57P01,NOT_ACCEPTING",
        "57P02,NOT_ACCEPTING",
        "25006,READ_ONLY",
        "57P03,NOT_ACCEPTING",
        "57014,TIMED_OUT",
        "55P03,TIMED_OUT",
        "08P01,PROTOCOL",
        "XX000,UNEXPECTED",
        "42883,UNEXPECTED"
    })
    void sqlstateOfTheServerDecides(String state, FailureKind kind) {
        assertThat(SqlFailures.of(new SQLException("said so", state)).kind()).isEqualTo(kind);
    }

    @Test
    void refusingServerSaysWhetherItEndsOrBegins() {
        assertThat(SqlFailures.of(new SQLException("FATAL: the database system is shutting down", "57P03"))
                        .kind())
                .isEqualTo(FailureKind.SHUTTING_DOWN);
        assertThat(SqlFailures.of(
                                new SQLException("FATAL: terminating connection due to administrator command", "57P01"))
                        .kind())
                .isEqualTo(FailureKind.SHUTTING_DOWN);
        assertThat(SqlFailures.of(new SQLException(
                                "FATAL: terminating connection due to unexpected postmaster exit", "57P01"))
                        .kind())
                .isEqualTo(FailureKind.NOT_ACCEPTING);
        assertThat(SqlFailures.of(new SQLException("FATAL: the database system is starting up", "57P03"))
                        .kind())
                .isEqualTo(FailureKind.NOT_ACCEPTING);
    }

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

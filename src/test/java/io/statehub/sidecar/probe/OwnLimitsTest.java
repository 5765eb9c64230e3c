package io.statehub.sidecar.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OwnLimitsTest {

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of(new SocketException("Too many open files"), "Too many open files"),
                Arguments.of(
                        new SQLException("The connection attempt failed.", new SocketException("Too many open files")),
                        "Too many open files"),
                Arguments.of(
                        new NoRouteToHostException("Cannot assign requested address (Address not available)"),
                        "Cannot assign requested address"),
                Arguments.of(new BindException("Cannot assign requested address"), "Cannot assign requested address"),
                Arguments.of(new SocketException("No buffer space available"), "No buffer space available"),
                Arguments.of(
                        new FileNotFoundException("/etc/hosts (Cannot allocate memory)"), "Cannot allocate memory"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void whatThisProcessHasRunOutOfIsNamed(Exception thrown, String limit) {
        assertThat(OwnLimits.behind(thrown)).contains(limit);
    }

    @Test
    void whatATargetDoesIsNoLimitOfOurs() {
        assertThat(OwnLimits.behind(new ConnectException("Connection refused"))).isEmpty();
        assertThat(OwnLimits.behind(new SocketException("Connection reset"))).isEmpty();
        // PostgreSQL says so of itself, in the words of its operating system.
        assertThat(OwnLimits.behind(new SQLException(
                        "FATAL: could not fork new process for connection: Cannot allocate memory", "53000")))
                .isEmpty();
        assertThat(OwnLimits.behind(new SQLException(
                        "ERROR: could not open file \"base/1/2\": Too many open files in system", "53000")))
                .isEmpty();
        assertThat(OwnLimits.behind(new SSLException("certificate of 'Too many open files'")))
                .isEmpty();
    }

    @Test
    void aNameThatIsUnknownWhileFilesCanBeOpenedIsUnknown() {
        assertThat(OwnLimits.behind(new UnknownHostException("db has no address")))
                .isEmpty();
        assertThat(OwnLimits.opening("/nowhere/at/all")).isEmpty();
    }
}

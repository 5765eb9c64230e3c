package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a beat was sent: what proves that it was not written, and what leaves it open. */
class HeartbeatOutcomeTest {

    private static SQLException withState(@Nullable String state) {
        return new SQLException("as the server said", state);
    }

    /** Cancelled, lock timeout, serialization, deadlock, missing table, missing right, read-only, check violated. */
    @ParameterizedTest
    @ValueSource(strings = {"57014", "55P03", "40001", "40P01", "42P01", "42501", "25006", "23514"})
    void anErrorThatEndsTheTransactionAndNotTheSessionProvesThatNothingWasWritten(String state) {
        assertThat(SqlFailures.certainlyRolledBack(withState(state))).isTrue();
    }

    /** Connection lost, shut down, crashed, not accepting, disk full, I/O, internal. */
    @ParameterizedTest
    @ValueSource(strings = {"08006", "08003", "57P01", "57P02", "57P03", "53100", "58030", "XX000"})
    void anErrorAfterWhichTheCommitMayStandProvesNothing(String state) {
        assertThat(SqlFailures.certainlyRolledBack(withState(state))).isFalse();
    }

    @Test
    void withoutAnAnswerOfTheServerNothingIsProved() {
        assertThat(SqlFailures.certainlyRolledBack(withState(null))).isFalse();
        assertThat(SqlFailures.certainlyRolledBack(new SQLTimeoutException("ours")))
                .isFalse();
        assertThat(SqlFailures.certainlyRolledBack(new SQLException("broken", "42P01", new IOException("broken"))))
                .isFalse();
        assertThat(SqlFailures.certainlyRolledBack(
                        new SQLException("late", "08006", new SocketTimeoutException("Read timed out"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "3F000", "42501", "42883", "58P01", "57014", "55P03"})
    void whatIsNotThereOrNotForUsIsARefusal(String state) {
        assertThat(SqlFailures.isRefusal(withState(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "53200", "XX000"})
    void aServerInTroubleIsNoRefusal(String state) {
        assertThat(SqlFailures.isRefusal(withState(state))).isFalse();
        assertThat(SqlFailures.isRefusal(withState(null))).isFalse();
    }
}

package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each class of SQLSTATE shows, with the words of PostgreSQL and PgBouncer. Ours is what only our role, login,
 * session or statement met: of a target it shows nothing.
 */
class SqlStatesTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    0A000 | FATAL: unsupported frontend protocol | UNEXPECTED | ours
                    0P000 | ERROR: invalid role specification | PERMISSION_DENIED | ours
                    22023 | ERROR: invalid value for parameter | UNEXPECTED | ours
                    23505 | ERROR: duplicate key value violates unique constraint | UNEXPECTED | ours
                    25006 | ERROR: cannot execute INSERT in a read-only transaction | READ_ONLY | target
                    25P02 | ERROR: current transaction is aborted | UNEXPECTED | ours
                    25P03 | FATAL: terminating connection due to idle-in-transaction timeout | SESSION_ENDED | ours
                    0A000 | ERROR: cannot use serializable mode in a hot standby | UNEXPECTED | ours
                    25P04 | FATAL: terminating connection due to transaction timeout | SESSION_ENDED | ours
                    26000 | ERROR: prepared statement "S_1" does not exist | SESSION_UNUSABLE | ours
                    28000 | FATAL: no pg_hba.conf entry for host "10.0.0.9", user "sidecar" | AUTHENTICATION | ours
                    28000 | FATAL: pg_hba.conf rejects connection for host "10.0.0.9" | AUTHENTICATION | ours
                    28000 | FATAL: role "sidecar" is not permitted to log in | AUTHENTICATION | ours
                    28000 | FATAL: role "sidecar" does not exist | AUTHENTICATION | ours
                    28P01 | FATAL: password authentication failed for user "sidecar" | AUTHENTICATION | ours
                    3D000 | FATAL: database "state" does not exist | NO_SUCH_DATABASE | ours
                    3F000 | ERROR: schema "other" does not exist | UNEXPECTED | ours
                    40001 | ERROR: canceling statement due to conflict with recovery | SESSION_ENDED | ours
                    40P01 | ERROR: deadlock detected | SESSION_ENDED | ours
                    42501 | FATAL: permission denied for database "state" | PERMISSION_DENIED | ours
                    42P01 | ERROR: relation "beat" does not exist | UNEXPECTED | ours
                    53000 | ERROR: insufficient resources | SERVER_ERROR | target
                    53100 | ERROR: could not extend file "base/5/16384": No space left on device | SERVER_ERROR | target
                    53200 | ERROR: out of memory | SERVER_ERROR | target
                    53300 | FATAL: too many connections for role "sidecar" | TOO_MANY_CONNECTIONS | ours
                    53300 | FATAL: too many connections for database "state" | TOO_MANY_CONNECTIONS | ours
                    53300 | FATAL: sorry, too many clients already | TOO_MANY_CONNECTIONS | ours
                    53300 | FATAL: remaining connection slots are reserved for roles with the SUPERUSER | \
                    TOO_MANY_CONNECTIONS | ours
                    53400 | ERROR: temporary file size exceeds "temp_file_limit" | SESSION_UNUSABLE | ours
                    54001 | ERROR: stack depth limit exceeded | UNEXPECTED | ours
                    55000 | FATAL: database "state" is not currently accepting connections | SESSION_UNUSABLE | ours
                    55006 | ERROR: database "state" is being accessed by other users | UNEXPECTED | ours
                    55P03 | ERROR: canceling statement due to lock timeout | TIMED_OUT | target
                    57014 | ERROR: canceling statement due to statement timeout | TIMED_OUT | target
                    57014 | ERROR: canceling statement due to user request | SESSION_ENDED | ours
                    57P01 | FATAL: terminating connection due to administrator command | SHUTTING_DOWN | target
                    57P01 | FATAL: terminating connection due to unexpected postmaster exit | NOT_ACCEPTING | target
                    57P02 | WARNING: terminating connection because of crash of another server process | NOT_ACCEPTING \
                    | target
                    57P03 | FATAL: the database system is starting up | NOT_ACCEPTING | target
                    57P03 | FATAL: the database system is in recovery mode | NOT_ACCEPTING | target
                    57P03 | FATAL: the database system is shutting down | SHUTTING_DOWN | target
                    57P03 | FATAL: not accepting connections Detail: Hot standby mode is disabled. | SESSION_UNUSABLE \
                    | ours
                    57P03 | FATAL: not yet accepting connections Detail: Consistent state not yet reached. | \
                    NOT_ACCEPTING | target
                    57P04 | FATAL: terminating connection because database was dropped | NO_SUCH_DATABASE | ours
                    57P05 | FATAL: terminating connection due to idle-session timeout | SESSION_ENDED | ours
                    58000 | ERROR: could not read from file | SERVER_ERROR | target
                    58030 | ERROR: could not write to file "pg_wal/xlogtemp": Input/output error | SERVER_ERROR | target
                    58P01 | ERROR: could not open file "pg_wal/00000002.history" | UNEXPECTED | ours
                    F0000 | FATAL: configuration file contains errors | SERVER_ERROR | target
                    XX000 | ERROR: could not open relation | SERVER_ERROR | target
                    XX001 | ERROR: invalid page in block 3 of relation base/5/16384 | SERVER_ERROR | target
                    08P01 | FATAL: unsupported startup parameter: options | SESSION_UNUSABLE | ours
                    08P01 | FATAL: no more connections allowed (max_client_conn) | TOO_MANY_CONNECTIONS | ours
                    08P01 | FATAL: password authentication failed | AUTHENTICATION | ours
                    08P01 | FATAL: no such user: sidecar | AUTHENTICATION | ours
                    08P01 | FATAL: SSL required | AUTHENTICATION | ours
                    08P01 | FATAL: no such database: state | NO_SUCH_DATABASE | ours
                    08P01 | FATAL: query_wait_timeout | TOO_MANY_CONNECTIONS | ours
                    08P01 | FATAL: server login has been failing, cached error: connect failed | UNREACHABLE | target
                    08P01 | FATAL: pgbouncer cannot connect to server | UNREACHABLE | target
                    08P01 | FATAL: server conn crashed? | RESET | target
                    08P01 | FATAL: server login failed: FATAL role "sidecar" is not permitted to log in | \
                    AUTHENTICATION | ours
                    08P01 | FATAL: server login has been failing: no pg_hba.conf entry for host | AUTHENTICATION | ours
                    08P01 | FATAL: server login failed: FATAL permission denied for database "state" | \
                    PERMISSION_DENIED | ours
                    08P01 | FATAL: server login failed: database is not currently accepting connections | \
                    SESSION_UNUSABLE | ours
                    08P01 | FATAL: server login failed: FATAL remaining connection slots are reserved | \
                    TOO_MANY_CONNECTIONS | ours
                    08P01 | FATAL: database "state" is disabled | SESSION_UNUSABLE | ours
                    08P01 | FATAL: client_idle_timeout | SESSION_ENDED | ours
                    XX000 | FATAL: Max client connections reached | TOO_MANY_CONNECTIONS | ours
                    08P01 | ERROR: invalid message format | PROTOCOL | target
                    """)
    void stateAndWordsTellWhoseFaultItIs(String state, String words, FailureKind kind, String whose) {
        assertThat(SqlFailures.of(new SQLException(words, state), "db:5432").kind())
                .isEqualTo(kind);
        assertThat(kind.ours()).isEqualTo("ours".equals(whose));
    }
}

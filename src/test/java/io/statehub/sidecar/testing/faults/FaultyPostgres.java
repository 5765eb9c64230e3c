package io.statehub.sidecar.testing.faults;

import io.statehub.sidecar.testing.postgres.Talk;
import io.statehub.sidecar.testing.postgres.Wording;
import io.statehub.sidecar.testing.postgres.Wording.Column;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A member of a cluster of three that is well, but for its faults: {@code pg-1} leads on timeline 1, the others stream
 * from it.
 */
public final class FaultyPostgres extends FaultyServer {

    private static final int TLS_REQUEST = 80_877_103;
    private static final int BOOL = 16;
    private static final int BIGINT = 20;
    private static final int JSON = 114;
    private static final int NUMERIC = 1700;
    private static final int LSN = 3220;
    private static final int TIME = 1184;
    private static final String POSITION = "0/3000000";

    private final boolean primary;
    private final String started;

    private FaultyPostgres(boolean primary, int number, Optional<FaultCertificates> tls) {
        super(tls);
        this.primary = primary;
        this.started = "2026-01-01 00:00:0" + number + "+00";
    }

    /** The primary, or another way to it. */
    public static FaultyPostgres primary(Optional<FaultCertificates> tls) {
        return new FaultyPostgres(true, 1, tls);
    }

    /**
     * A standby.
     *
     * @param number from 2 to 9, of its own
     */
    public static FaultyPostgres standby(int number, Optional<FaultCertificates> tls) {
        return new FaultyPostgres(false, number, tls);
    }

    @Override
    void serve(FaultyLine line) throws IOException {
        line.begin();
        startup(line);
        if (line.fault() == Fault.HANGING_LOGIN) {
            line.hold(Fault.HANGING_LOGIN);
        }
        if (line.fault() == Fault.TOO_MANY_CONNECTIONS) {
            line.say(Wording.error("FATAL", "53300", "sorry, too many clients already"));
            return;
        }
        line.answer(Talk.welcoming());
        while (true) {
            String statement = statement(line.in());
            line.asked(statement);
            line.answer(answer(statement, line.fault()));
        }
    }

    private void startup(FaultyLine line) throws IOException {
        if (packet(line.in()) == TLS_REQUEST) {
            line.asked("TLS");
            if (tls().isPresent()) {
                line.say(new byte[] {'S'});
                line.encrypt();
            } else {
                line.say(new byte[] {'N'});
            }
            packet(line.in());
        }
        line.asked("a session");
    }

    private static int packet(DataInputStream in) throws IOException {
        int length = in.readInt();
        int code = in.readInt();
        in.readFully(new byte[length - 2 * Integer.BYTES]);
        return code;
    }

    private static String statement(DataInputStream in) throws IOException {
        while (true) {
            char type = (char) in.readUnsignedByte();
            byte[] content = new byte[in.readInt() - Integer.BYTES];
            in.readFully(content);
            if (type == 'Q') {
                return new String(content, StandardCharsets.UTF_8);
            }
            if (type == 'X') {
                throw new IOException("the client has taken its leave");
            }
        }
    }

    private byte[] answer(String sql, Fault fault) {
        if (sql.contains("set_config('statement_timeout'")) {
            return Wording.answer(List.of(
                    Column.text("role", "sidecar"),
                    flag("standby", !primary),
                    flag("direct", true),
                    flag("read_only", false),
                    Column.text("synchronous_commit", "on"),
                    postmasterStart(),
                    system()));
        }
        if (sql.startsWith("PREPARE ")) {
            return Wording.all(Wording.complete(), Wording.ready());
        }
        boolean readOnly = fault == Fault.READ_ONLY;
        if (sql.startsWith("EXECUTE statehub_member")) {
            return Wording.answer(member(readOnly));
        }
        if (sql.startsWith("EXECUTE statehub_identity")) {
            return Wording.answer(identity(readOnly));
        }
        return Wording.all(Wording.error("ERROR", "0A000", "this server doesn't know: " + sql), Wording.ready());
    }

    private Column postmasterStart() {
        return new Column("postmaster_start", TIME, started);
    }

    private static Column system() {
        return new Column("system_identifier", BIGINT, "7300000000000000001");
    }

    private List<Column> identity(boolean readOnly) {
        return List.of(
                flag("in_recovery", !primary),
                flag("read_only", !primary || readOnly),
                flag("statistics_visible", true),
                system(),
                new Column("timeline", BIGINT, "1"),
                new Column("position", LSN, POSITION),
                postmasterStart());
    }

    /** All that a member is asked in a round. */
    private List<Column> member(boolean readOnly) {
        return Stream.of(identity(readOnly), receiver(), onlyOfAPrimary(), lists())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Column> onlyOfAPrimary() {
        return List.of(
                flag("archives", false),
                new Column("archived_count", BIGINT, "0"),
                new Column("failed_count", BIGINT, "0"),
                Column.text("last_failed_wal", null),
                flag("failing", false),
                new Column("since_last_archived", NUMERIC, null),
                Column.text("standby_names", ""),
                flag("commits_wait", true),
                new Column("waiting", BIGINT, "0"),
                Column.text("oldest", null));
    }

    private List<Column> receiver() {
        return List.of(
                Column.text("status", primary ? null : "streaming"),
                Column.text("slot_name", null),
                new Column("replay_bytes", NUMERIC, "0"),
                new Column("apply_queue_bytes", NUMERIC, "0"),
                new Column("silence", NUMERIC, "0.1"),
                new Column("replay_position", LSN, POSITION),
                flag("paused", false),
                new Column("apply_delay", NUMERIC, "0"),
                flag("from_archive", false));
    }

    private List<Column> lists() {
        String senders = primary ? "[" + sender("pg-2") + "," + sender("pg-3") + "]" : null;
        return List.of(new Column("senders", JSON, senders), new Column("slots", JSON, null));
    }

    private static String sender(String name) {
        return """
                {"application_name": "%s", "state": "streaming", "sync_state": "async", "sent_bytes": 0, \
                "write_bytes": 0, "flush_bytes": 0, "replay_bytes": 0, "replay_lag": null, "slot": null, \
                "logical": false, "senders": 2}""".formatted(name);
    }

    private static Column flag(String name, boolean value) {
        return new Column(name, BOOL, value ? "t" : "f");
    }

    @Override
    byte[] oversized() {
        return Wording.claim('D', Integer.MAX_VALUE);
    }

    @Override
    byte[] endless() {
        return Wording.notice("working on it");
    }
}

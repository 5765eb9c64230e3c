package io.statehub.sidecar.testing.postgres;

import io.statehub.sidecar.testing.postgres.LyingServer.Lie;
import io.statehub.sidecar.testing.postgres.Wording.Column;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a server can say that no server should, before and after a login, and the truth. */
public final class Lies {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int HUNDRED_MEGABYTES = 100 << 20;
    private static final byte[] MEGABYTE = new byte[1 << 20];
    private static final String FIRST_START = "2026-01-01 00:00:00+00";

    private Lies() {}

    /** A primary that takes writes, as far as its identity goes. */
    public static final Lie TRUTH = truthOf(FIRST_START);

    /** The same of the run of a server that was started then. */
    public static Lie truthOf(String started) {
        return talk -> {
            talk.begin();
            talk.welcome();
            while (true) {
                talk.statement();
                talk.answer(identity(started));
            }
        };
    }

    public static List<Column> identity() {
        return identity(FIRST_START);
    }

    private static List<Column> identity(String started) {
        return List.of(
                new Column("in_recovery", 16, "f"),
                new Column("read_only", 16, "f"),
                new Column("statistics_visible", 16, "t"),
                new Column("system_identifier", 20, "7300000000000000001"),
                new Column("timeline", 20, "1"),
                new Column("position", 3220, "0/3000000"),
                new Column("postmaster_start", 1184, started));
    }

    /** By name; each ends a login. */
    public static Map<String, Lie> atLogin() {
        Map<String, Lie> lies = new LinkedHashMap<>();
        lies.put("silence", talk -> {
            talk.begin();
            talk.silence();
        });
        lies.put("no notice of anything", talk -> {
            talk.begin();
            talk.hang();
        });
        lies.put("a byte now and then", talk -> {
            talk.begin();
            talk.say(Wording.claim('E', 100_000));
            talk.drip(new byte[100_000], PAUSE);
        });
        lies.put("notices without end", talk -> {
            talk.begin();
            talk.forEver(Wording.notice("not yet"));
        });
        lies.put("an error message of 100 MB", talk -> {
            talk.begin();
            talk.say(Wording.claim('E', HUNDRED_MEGABYTES));
            talk.forEver(MEGABYTE);
        });
        lies.put("an error message of 2 GB, claimed", talk -> {
            talk.begin();
            talk.say(Wording.claim('E', Integer.MAX_VALUE));
            talk.silence();
        });
        lies.put("a message of negative length", talk -> {
            talk.begin();
            talk.say(Wording.claim('R', -1));
            talk.silence();
        });
        lies.put("a nonce of 20 MB", talk -> {
            talk.begin();
            talk.say(Wording.scram());
            talk.message('p');
            talk.say(Wording.scramContinue("r=" + "x".repeat(20 << 20)));
            talk.silence();
        });
        lies.put("garbage", talk -> {
            talk.begin();
            byte[] noise = new byte[4096];
            new Random(42).nextBytes(noise);
            talk.forEver(noise);
        });
        lies.put("another protocol", talk -> {
            talk.begin();
            talk.say("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
        lies.put("half an answer", talk -> {
            talk.begin();
            talk.say(Arrays.copyOf(Wording.authenticationOk(), 6));
        });
        lies.put("a reset", talk -> {
            talk.begin();
            talk.reset();
        });
        lies.put("settings without end", talk -> {
            talk.begin();
            talk.say(Wording.authenticationOk());
            talk.forEver(Wording.parameter("TimeZone", "UTC"));
        });
        return lies;
    }

    /** By name; each follows a sound login. */
    public static Map<String, Lie> inAnswers() {
        Map<String, Lie> lies = new LinkedHashMap<>();
        lies.put("silence", answered(Talk::silence));
        lies.put("a byte now and then", answered(talk -> talk.drip(Wording.notice("x".repeat(10_000)), PAUSE)));
        lies.put("notices without end", answered(talk -> talk.forEver(Wording.notice("working on it"))));
        lies.put("copied data without end", answered(talk -> {
            talk.say(Wording.copyOut());
            talk.forEver(Wording.copyData());
        }));
        lies.put("rows without end", answered(talk -> {
            talk.say(Wording.columns(identity()));
            talk.forEver(Wording.row(identity()));
        }));
        lies.put("a row of 2 GB, claimed", answered(talk -> {
            talk.say(Wording.columns(identity()), Wording.claim('D', Integer.MAX_VALUE));
            talk.silence();
        }));
        lies.put(
                "NULL everywhere",
                row(identity().stream()
                        .map(column -> new Column(column.name(), column.type(), null))
                        .toList()));
        lies.put("no columns", row(List.of()));
        lies.put("other columns", row(List.of(Column.text("colour", "blue"))));
        lies.put(
                "words for numbers",
                row(identity().stream()
                        .map(column -> Column.text(column.name(), "many"))
                        .toList()));
        lies.put(
                "no rows",
                answered(talk -> talk.say(Wording.columns(identity()), Wording.complete(), Wording.ready())));
        lies.put("no result", answered(talk -> talk.say(Wording.complete(), Wording.ready())));
        lies.put("half an answer", answered(talk -> talk.sayAndEnd(Arrays.copyOf(Wording.columns(identity()), 20))));
        lies.put("a reset", answered(Talk::reset));
        return lies;
    }

    private static Lie row(List<Column> row) {
        return answered(talk -> talk.answer(row));
    }

    /** Over and over what is answered to each statement. */
    private static Lie answered(Lie answer) {
        return talk -> {
            talk.begin();
            talk.welcome();
            while (true) {
                talk.statement();
                answer.tell(talk);
                if (talk.isOver()) {
                    return;
                }
            }
        };
    }
}

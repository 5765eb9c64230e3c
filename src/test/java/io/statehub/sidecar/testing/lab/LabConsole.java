package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The commands that a person types. Each line gives an effect or one line that says why not. */
final class LabConsole {

    static final String COMMANDS = """
            status                                  what every member is and does, and what the sidecar says
            kill <member|primary>                   SIGKILL the whole server
            stop <member|primary>                   fast shutdown
            start <member>                          start it again, as what it was
            freeze <member|primary>                 SIGSTOP: connections stay, nothing answers
            thaw <member|primary>                   SIGCONT
            promote [member]                        promote it (else the best standby), re-route writes, others follow
            switchover [member]                     the same in order: the old primary stops first and comes back as a \
            standby
            split [member]                          promote it beside the running primary: a split brain
            pause <member>, resume <member>         replay on a standby
            partition <member|write> [refuse|drop|delay 500ms|off]   what the sidecar sees of it; replication is \
            untouched
            load [MB]                               write WAL on the primary (16)
            api ok|fail|hang|lie|huge|garbage|redirect|reset
            heal                                    one primary, streaming standbys, nothing cut off
            help or ?, quit or exit""";

    private static final int DEFAULT_LOAD_MB = 16;
    private static final int MOST_LOAD_MB = 1024;

    private final PostgresLab lab;
    private final StandInApi api;
    private final LabStatus status;
    private final LabScreen screen;

    LabConsole(PostgresLab lab, StandInApi api, LabStatus status, LabScreen screen) {
        this.lab = lab;
        this.api = api;
        this.status = status;
        this.screen = screen;
    }

    /** Returns whether the lab is to continue. */
    boolean run(String line) {
        List<String> words = Arrays.stream(line.strip().split("\\s+", -1)).toList();
        if (List.of("quit", "exit").contains(command(words))) {
            return false;
        }
        long start = System.nanoTime();
        try {
            String done = perform(words);
            if (!done.isEmpty()) {
                screen.say("%s (%d ms)".formatted(done, (System.nanoTime() - start) / 1_000_000));
            }
        } catch (LabException | IOException | IllegalArgumentException refused) {
            screen.say("! "
                    + String.valueOf(refused.getMessage()).lines().findFirst().orElse("failed"));
        }
        return true;
    }

    private String perform(List<String> words) throws IOException {
        return switch (command(words)) {
            case "" -> "";
            case "help", "?" -> print(COMMANDS);
            case "status" -> print(status.describe());
            case "kill" -> on(words, PostgresServer::kill, "killed");
            case "stop" -> on(words, PostgresServer::stop, "stopped");
            case "start" -> on(words, PostgresServer::start, "started");
            case "freeze" -> on(words, PostgresServer::freeze, "frozen");
            case "thaw" -> on(words, PostgresServer::thaw, "thawed");
            case "promote" -> {
                LabMember next = standby(words);
                lab.failover(next);
                yield next.name() + " is the primary and takes the writes";
            }
            case "switchover" -> {
                LabMember next = standby(words);
                lab.switchover(next);
                yield next.name() + " is the primary, the old one follows it";
            }
            case "split" -> {
                LabMember next = standby(words);
                lab.promote(next);
                yield next.name() + " is out of recovery too: a split brain, until heal";
            }
            case "pause" -> replay(words, true);
            case "resume" -> replay(words, false);
            case "partition" -> partition(words);
            case "load" -> load(words);
            case "api" -> become(words);
            case "heal" -> {
                lab.heal();
                api.become(StandInApi.Mode.OK);
                yield "healed";
            }
            default -> throw new LabException("unknown command '%s', try help".formatted(words.get(0)));
        };
    }

    private static String command(List<String> words) {
        return words.get(0).toLowerCase(Locale.ROOT);
    }

    private String print(String text) {
        screen.say(text);
        return "";
    }

    private interface Action {
        void on(PostgresServer server);
    }

    private String on(List<String> words, Action action, String done) {
        LabMember member = member(words);
        action.on(member.server());
        return member.name() + " " + done;
    }

    private LabMember member(List<String> words) {
        String name = argument(words, "a member's name");
        return name.equals("primary") ? lab.primary() : lab.member(name);
    }

    private LabMember standby(List<String> words) {
        return words.size() > 1
                ? member(words)
                : lab.bestStandby().orElseThrow(() -> new LabException("no standby answers"));
    }

    private static String argument(List<String> words, String what) {
        if (words.size() < 2) {
            throw new LabException("%s needs %s".formatted(words.get(0), what));
        }
        return words.get(1);
    }

    private String replay(List<String> words, boolean pause) {
        LabMember member = member(words);
        if (pause) {
            lab.pauseReplay(member);
        } else {
            lab.resumeReplay(member);
        }
        return "replay on %s %s".formatted(member.name(), pause ? "paused" : "resumed");
    }

    private String partition(List<String> words) {
        String name = argument(words, "a member's name or 'write'");
        ForwardingProxy proxy =
                name.equals("write") ? lab.writeEndpoint() : member(words).proxy();
        String how = words.size() > 2 ? words.get(2) : "drop";
        switch (how) {
            case "refuse" -> proxy.refuse();
            case "drop" -> proxy.drop();
            case "off" -> proxy.pass();
            case "delay" -> proxy.delay(milliseconds(words));
            default -> throw new LabException("partition takes refuse, drop, delay or off, not '%s'".formatted(how));
        }
        return "%s: %s".formatted(name, proxy.behaviour());
    }

    private static Duration milliseconds(List<String> words) {
        String text = words.size() > 3 ? words.get(3) : "500ms";
        return Duration.ofMillis(number(text.endsWith("ms") ? text.substring(0, text.length() - 2) : text, 60_000));
    }

    private static int number(String text, int most) {
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new LabException("'%s' is not a number from 1 to %d".formatted(text, most));
        }
        return Integer.parseInt(text);
    }

    private String load(List<String> words) {
        int megabytes = words.size() > 1 ? number(words.get(1), MOST_LOAD_MB) : DEFAULT_LOAD_MB;
        lab.writeWal((long) megabytes << 20);
        return "%d MB of WAL written".formatted(megabytes);
    }

    private String become(List<String> words) {
        String name = argument(words, "a mode").toUpperCase(Locale.ROOT);
        StandInApi.Mode mode = Arrays.stream(StandInApi.Mode.values())
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LabException("the API can be "
                        + Arrays.stream(StandInApi.Mode.values())
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
        api.become(mode);
        return "the API is " + name.toLowerCase(Locale.ROOT);
    }
}

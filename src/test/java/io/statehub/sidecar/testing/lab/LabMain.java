package io.statehub.sidecar.testing.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** {@code ./mvnw -Plab}: everything on this machine, for a person who wants to break it and watch the sidecar. */
public final class LabMain {

    private static final String SIDECAR = "  sidecar| ";
    private static final int USUAL_SIDECAR_PORT = 9600;
    private static final Duration LIVE = Duration.ofSeconds(30);

    private static final int LINES_SHOWN_OF_A_FAILED_START = 20;

    private final LabScreen screen;
    private final long started = System.nanoTime();

    private LabMain(LabScreen screen) {
        this.screen = screen;
    }

    /** Kept, since a logger that nobody holds forgets its level. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    @SuppressWarnings("SystemConsoleNull") // since JDK 22 it isn't null in a pipe either: TERM tells of most of those
    public static void main(String[] arguments) throws IOException {
        // The stand-in API loses connections whenever a server is broken on purpose: that is no news.
        DRIVER.setLevel(Level.SEVERE);
        LabScreen screen = new LabScreen(System.out, System.console() != null && System.getenv("TERM") != null);
        try {
            new LabMain(screen).run();
        } catch (LabException failed) {
            screen.say(String.valueOf(failed.getMessage()));
            // In Maven's own process: to throw would bury what was said under its stack.
            System.exit(1);
        }
    }

    private void run() throws IOException {
        progress("the sidecar is built; starting a primary and two standbys");
        try (PostgresLab lab = PostgresLab.start(LabOptions.defaults())) {
            progress("PostgreSQL "
                    + lab.primary().server().query("SHOW server_version").orElseThrow());
            try (StandInApi api = StandInApi.start(lab.writeUrl());
                    SidecarProcess sidecar = startSidecar(lab, api)) {
                awaitReady(sidecar);
                LabStatus status = new LabStatus(lab, api, sidecar);
                progress("ready");
                screen.say(addresses(lab, api, sidecar));
                if (System.getProperty("lab.once") != null) {
                    screen.say(status.describe());
                } else {
                    screen.say(LabConsole.COMMANDS);
                    sidecar.follow(line -> screen.say(SIDECAR + line));
                    readCommands(new LabConsole(lab, api, status, screen));
                }
            }
        }
        progress("everything is stopped and deleted");
    }

    /** Its own words say best why it doesn't come up. */
    private static void awaitReady(SidecarProcess sidecar) {
        try {
            sidecar.awaitLive(LIVE);
            sidecar.awaitReady(LIVE);
        } catch (LabException notReady) {
            throw new LabException(
                    notStarted(sidecar.isRunning(), sidecar.output().lines().toList()), notReady);
        }
    }

    static String notStarted(boolean running, List<String> output) {
        String happened = running
                ? "the sidecar wasn't ready after %d s".formatted(LIVE.toSeconds())
                : "the sidecar ended while it started";
        List<String> last = output.subList(Math.max(0, output.size() - LINES_SHOWN_OF_A_FAILED_START), output.size());
        return happened
                + (last.isEmpty() ? " and wrote nothing" : "; its last lines:")
                + last.stream().map(line -> "\n" + SIDECAR + line).collect(Collectors.joining());
    }

    private SidecarProcess startSidecar(PostgresLab lab, StandInApi api) {
        progress("starting the stand-in API and the sidecar");
        int port = FreePorts.isFree(USUAL_SIDECAR_PORT) ? USUAL_SIDECAR_PORT : FreePorts.next();
        return SidecarProcess.start(environment(lab, api), port);
    }

    /** The variables that a sidecar needs to watch this lab. */
    public static Map<String, String> environment(PostgresLab lab, StandInApi api) {
        return Map.of(
                "STATEHUB_API_URL", api.url(),
                "STATEHUB_POSTGRES_URL", lab.writeUrl(),
                "STATEHUB_POSTGRES_MEMBERS", lab.membersSetting(),
                "STATEHUB_POSTGRES_USERNAME", LabRoles.SIDECAR,
                "STATEHUB_POSTGRES_PASSWORD", LabRoles.SIDECAR_PASSWORD);
    }

    private static String addresses(PostgresLab lab, StandInApi api, SidecarProcess sidecar) {
        StringBuilder table = new StringBuilder("\n");
        for (LabMember member : lab.members()) {
            add(
                    table,
                    member.name(),
                    "%s through its proxy, port %d directly"
                            .formatted(member.address(), member.server().port()));
        }
        add(table, "writes", lab.writeUrl());
        add(table, "login", "%s / %s".formatted(LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD));
        add(table, "api", api.url() + StandInApi.HEALTH_PATH);
        add(table, "", api.url() + StandInApi.SUMMARY_PATH);
        for (String path : new String[] {
            "/",
            "/status",
            "/failovers",
            "/metrics",
            "/q/health/live",
            "/q/health/started",
            "/q/health/ready",
            "/q/health/group/api",
            "/q/health/group/replication"
        }) {
            add(table, path.equals("/") ? "sidecar" : "", "http://127.0.0.1:%d%s".formatted(sidecar.port(), path));
        }
        return table.toString();
    }

    private static void add(StringBuilder table, String name, String value) {
        table.append("  %-9s %s%n".formatted(name, value));
    }

    private void readCommands(LabConsole console) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        screen.prompt();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            screen.entered();
            if (!console.run(line)) {
                return;
            }
            screen.prompt();
        }
        screen.entered();
        progress("no more input: the lab runs until it gets SIGINT or SIGTERM");
        awaitSignal();
    }

    /** The shutdown hooks of the lab's parts do the rest. */
    private static void awaitSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void progress(String what) {
        screen.say("[%5.1f s] %s".formatted((System.nanoTime() - started) / 1e9, what));
    }
}

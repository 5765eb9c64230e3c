package io.statehub.sidecar.cli.running;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a running sidecar knows: the headline, a status for each scope, the members, and what was"
                    + " found.",
            "A member with a + follows; the one with a * is where writes go."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything is UP",
            "1:DEGRADED: works, with a fault",
            "2:wrong usage",
            "3:DOWN or UNKNOWN, or no sidecar could be read"
        })
public final class StatusCommand implements Callable<Integer>, NeedsNoStart {

    private static final int DOWN_OR_UNKNOWN = 3;
    private static final int MOST_SECONDS = 3600;
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Mixin
    private ReadingOptions options = new ReadingOptions();

    @Option(
            names = "--watch",
            arity = "0..1",
            paramLabel = "SECONDS",
            fallbackValue = "2",
            description = "Show it again every so many seconds, from 1 to 3600, until interrupted;"
                    + " ${FALLBACK-VALUE} if no number is given.")
    private @Nullable Integer watch;

    @Override
    public Integer call() throws InterruptedException {
        RunningSidecar sidecar = options.sidecar();
        Screen first = options.screen();
        if (watch == null) {
            return show(sidecar, first);
        }
        if (watch < 1 || watch > MOST_SECONDS) {
            throw options.wrong(
                    "--watch: " + watch + " is not allowed: it must be from 1 to " + MOST_SECONDS + " seconds");
        }
        while (true) {
            options.print(first.coloured() ? CLEAR : "\n");
            show(sidecar, options.screen());
            TimeUnit.SECONDS.sleep(watch);
        }
    }

    private int show(RunningSidecar sidecar, Screen screen) {
        try {
            String answer = sidecar.text("/status");
            JsonObject status = RunningSidecar.parsed(answer, URI.create("/status"));
            if (options.json()) {
                options.print(answer + System.lineSeparator());
            } else {
                StatusScreen.write(status, screen);
                options.print(String.join(System.lineSeparator(), screen.lines()) + System.lineSeparator());
            }
            return switch (StatusScreen.verdict(status)) {
                case "UP" -> 0;
                case "DEGRADED" -> 1;
                default -> DOWN_OR_UNKNOWN;
            };
        } catch (UnreadableSidecarException e) {
            options.complain(String.valueOf(e.getMessage()));
            return DOWN_OR_UNKNOWN;
        }
    }
}

package io.statehub.sidecar.cli.restore;

import io.statehub.sidecar.drill.restore.server.ReadingProgress;
import io.statehub.sidecar.time.TimeSource;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** Shows how far reading has come, on the standard error. */
final class ProgressLines implements AutoCloseable {

    /** How it is shown. */
    enum Style {
        auto,
        live,
        plain,
        none
    }

    private static final Duration LIVE = Duration.ofMillis(500);
    private static final Duration PLAIN = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out = System.err;
    private final Style style;
    private final TimeSource time;
    private final long begun;
    private final ReadingProgress progress = new ReadingProgress(this::note);
    private final Timer ticker = new Timer("progress", true);

    // From JDK 22 on there is always a console; a line too many on the standard error does no harm.
    @SuppressWarnings("SystemConsoleNull")
    ProgressLines(Style wanted, TimeSource time) {
        Style usual = System.console() != null ? Style.live : Style.plain;
        this.style = wanted == Style.auto ? usual : wanted;
        this.time = time;
        this.begun = time.now().nanos();
        if (style != Style.none) {
            long every = (style == Style.live ? LIVE : PLAIN).toMillis();
            ticker.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            show();
                        }
                    },
                    every,
                    every);
        }
    }

    ReadingProgress progress() {
        return progress;
    }

    Duration elapsed() {
        return Duration.ofNanos(time.now().nanos() - begun);
    }

    private synchronized void show() {
        String line = ProgressText.of(progress.stage(), elapsed());
        if (style == Style.live) {
            out.print(CLEAR_LINE + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    /** A line that stays, whatever the style. */
    synchronized void note(String line) {
        out.println((style == Style.live ? CLEAR_LINE : "") + line);
    }

    @Override
    public void close() {
        ticker.cancel();
        synchronized (this) {
            if (style == Style.live) {
                out.print(CLEAR_LINE);
                out.flush();
            }
        }
    }
}

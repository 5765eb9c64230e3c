package io.statehub.sidecar.drill.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.ProcessTree;
import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A command of the shell, which is run once. */
public final class CommandTrigger implements Trigger {

    /** Bytes of its output that are kept, for the report. */
    private static final int MOST_OUTPUT = 64 << 10;

    private static final int PIECE = 4096;
    private static final long LAST_WORDS_MILLIS = 1000;

    /** For a command that is ended before its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String command;
    private @Nullable Process running;
    private boolean cancelled;

    public CommandTrigger(String command) {
        this.command = command;
    }

    @Override
    public String described() {
        return "command: " + command;
    }

    @Override
    public String fire(Undos undos) throws DrillException, IOException {
        Process process = started();
        process.getOutputStream().close();
        StringBuilder said = new StringBuilder();
        Thread reader = new Thread(() -> read(process.getInputStream(), said), "drill-trigger-output");
        reader.setDaemon(true);
        reader.start();
        try {
            int code = process.waitFor();
            // What it left running in the background may hold its output open.
            reader.join(LAST_WORDS_MILLIS);
            String words = first(said);
            return (isCancelled() ? "ended by the drill, " : "") + "exit code " + code
                    + (words.isEmpty() ? "" : "\n" + words);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrillException("the command was not waited for");
        }
    }

    private synchronized Process started() throws DrillException, IOException {
        if (cancelled) {
            throw new DrillException("the drill ended before it");
        }
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        running = process;
        return process;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private static String first(StringBuilder said) {
        synchronized (said) {
            return said.substring(0, Math.min(said.length(), MOST_OUTPUT)).strip();
        }
    }

    private static void keep(StringBuilder kept, String words) {
        synchronized (kept) {
            if (kept.length() < MOST_OUTPUT) {
                kept.append(words);
            }
        }
    }

    /** All is read, so that it never waits for us; the first of it is kept. */
    private static void read(InputStream from, StringBuilder kept) {
        byte[] piece = new byte[PIECE];
        try {
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                keep(kept, new String(piece, 0, read, UTF_8));
            }
        } catch (IOException e) {
            keep(kept, "\n(its output could not be read to its end: " + Refusal.of(e) + ")");
        }
    }

    @Override
    public void cancel() {
        Process process;
        synchronized (this) {
            process = running;
            cancelled = process == null || process.isAlive();
        }
        if (process != null && process.isAlive()) {
            ProcessTree.end(process, PATIENCE);
        }
    }
}

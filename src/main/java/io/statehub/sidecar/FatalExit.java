package io.statehub.sidecar;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process after a fault that it can't recover from, wherever that was noticed and however it was started: a
 * process of which some thread is dead would keep answering for what it no longer does, and Kubernetes restarts one
 * that ends at once. There are two: memory ran out, or a class of our own could not be read, as when no file can be
 * opened any more; a JVM remembers that, and tries to read it never again (JVM Specification, 5.4.3).
 *
 * <p>The options of the JVM ({@code -XX:+ExitOnOutOfMemoryError}) do it sooner but see no buffer outside of the heap,
 * and may be forgotten. Here an error counts wherever it ends: in a thread that dies of it, or in the log.
 */
final class FatalExit extends Handler {

    private static final Logger LOG = Logger.getLogger(FatalExit.class.getName());

    /** As the JVM's own option ends it. */
    static final int CODE = 3;

    /** Causes deeper than this are looked at no more: a chain may be a circle. */
    private static final int MOST_CAUSES = 20;

    /** Made beforehand, since there may be no memory for it then. */
    private static final byte[] LAST_WORDS =
            "out of memory, or of files to read classes from: the sidecar ends, to be started again\n"
                    .getBytes(US_ASCII);

    private FatalExit() {}

    /** From now on; called before anything else is started. */
    static void install() {
        Thread.UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
            endIfFatal(fault);
            if (others == null) {
                LOG.log(Level.SEVERE, "the thread " + thread.getName() + " ended", fault);
            } else {
                others.uncaughtException(thread, fault);
            }
        });
        Logger.getLogger("").addHandler(new FatalExit());
    }

    @Override
    public void publish(LogRecord record) {
        endIfFatal(record.getThrown());
    }

    private static void endIfFatal(@Nullable Throwable fault) {
        if (isFatal(fault)) {
            try (FileOutputStream error = new FileOutputStream(FileDescriptor.err)) {
                error.write(LAST_WORDS);
            } catch (IOException unheard) {
                // Whoever reads the exit code knows.
            }
            Runtime.getRuntime().halt(CODE);
        }
    }

    /** Also if it is the cause of something else. */
    static boolean isFatal(@Nullable Throwable fault) {
        boolean linking = false;
        Throwable cause = fault;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            // A native library that isn't there is another LinkageError, and whoever looked for it lives without it.
            linking |= cause instanceof NoClassDefFoundError || cause instanceof BootstrapMethodError;
            if (cause instanceof OutOfMemoryError || (linking && cause instanceof IOException)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

package io.statehub.sidecar.agent;

import java.util.function.Consumer;

/** The thread of what may be slow at the start. Whatever it fails by is told: a start must not end without a word. */
final class StartThread {

    private final Runnable start;
    private final Consumer<Throwable> failed;

    /**
     * @param start what is done on it, once
     * @param failed told what the start ended by, on that thread
     */
    StartThread(Runnable start, Consumer<Throwable> failed) {
        this.start = start;
        this.failed = failed;
    }

    /** Begins, and returns at once. */
    Thread begin() {
        Thread thread = new Thread(this::run, "start");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void run() {
        try {
            start.run();
        } catch (RuntimeException | Error e) {
            // An error too, as of a class that can't be loaded: nothing would be watched, and requests wait for ever.
            failed.accept(e);
        }
    }
}

package io.statehub.sidecar.drill.restore.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** How far reading has come; written by those who read, read by whoever shows it. */
public final class ReadingProgress {

    private final AtomicInteger tables = new AtomicInteger();
    private final AtomicInteger tablesDone = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong bytesDone = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final Consumer<String> notes;

    /** @param notes told of what a person should know at once, one line each; from any thread */
    public ReadingProgress(Consumer<String> notes) {
        this.notes = notes;
    }

    /**
     * A moment of it.
     *
     * @param bytes of all tables, as estimated when they were last counted
     * @param bytesDone may exceed {@code bytes}, which is an estimate
     */
    public record Stage(int tables, int tablesDone, long bytes, long bytesDone, long rows) {}

    /** How far it has come by now. */
    public Stage stage() {
        return new Stage(tables.get(), tablesDone.get(), bytes.get(), bytesDone.get(), rows.get());
    }

    void begin(int tablesInAll, long bytesInAll) {
        tables.set(tablesInAll);
        tablesDone.set(0);
        bytes.set(bytesInAll);
        bytesDone.set(0);
        rows.set(0);
    }

    void read(long moreRows, long moreBytes) {
        rows.addAndGet(moreRows);
        bytesDone.addAndGet(moreBytes);
    }

    void tableDone() {
        tablesDone.incrementAndGet();
    }

    void note(String line) {
        notes.accept(line);
    }
}

package io.statehub.sidecar.journal.file;

import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows which call to the disk is out, and for how long: a disk is blamed for what it was asked, and not for what this
 * process was too slow to ask. Calls come one after another; whoever wants to know may be any thread.
 */
public final class TimedDisk implements Disk {

    /** A call that takes longer is worth a finding. */
    static final Duration SLOW = Duration.ofSeconds(10);

    private final Disk disk;
    private final TimeSource time;
    private final AtomicLong slow = new AtomicLong();
    private volatile Optional<Call> out = Optional.empty();

    public TimedDisk(Disk disk, TimeSource time) {
        this.disk = disk;
        this.time = time;
    }

    /**
     * A call that has not returned.
     *
     * @param doing such as {@code writing to /data/journal/events.jsonl}
     */
    private record Call(String doing, Moment begun) {}

    @FunctionalInterface
    interface Answer<T> {
        T get() throws IOException;
    }

    @FunctionalInterface
    private interface Act {
        void run() throws IOException;
    }

    /** What the disk is blamed for: a call that is out for too long. */
    public Optional<String> silence(Moment now) {
        return out.filter(call -> now.since(call.begun()).compareTo(SLOW) > 0)
                .map(call -> "the disk has not answered for "
                        + now.since(call.begun()).toSeconds() + " s, " + call.doing());
    }

    /** Calls that took too long, the one that is out among them. */
    public long slowCalls(Moment now) {
        return slow.get() + (silence(now).isPresent() ? 1 : 0);
    }

    /** Times something else that is asked of the disk. */
    <T> T asked(String doing, Path file, Answer<T> call) throws IOException {
        Moment begun = time.now();
        out = Optional.of(new Call(doing + " " + file, begun));
        try {
            return call.get();
        } finally {
            out = Optional.empty();
            if (time.now().since(begun).compareTo(SLOW) > 0) {
                slow.incrementAndGet();
            }
        }
    }

    private void told(String doing, Path file, Act call) throws IOException {
        asked(doing, file, () -> {
            call.run();
            return true;
        });
    }

    @Override
    public InputStream read(Path file, long offset) throws IOException {
        InputStream in = asked("opening", file, () -> disk.read(file, offset));
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return asked("reading", file, () -> in.read(bytes, from, length));
            }
        };
    }

    @Override
    public OptionalLong size(Path file) throws IOException {
        return asked("looking at", file, () -> disk.size(file));
    }

    @Override
    public Output create(Path file) throws IOException {
        return new Timed(file, asked("creating", file, () -> disk.create(file)));
    }

    @Override
    public Output open(Path file) throws IOException {
        return new Timed(file, asked("opening", file, () -> disk.open(file)));
    }

    @Override
    public void replace(Path file, Path by) throws IOException {
        told("replacing", file, () -> disk.replace(file, by));
    }

    @Override
    public void delete(Path file) throws IOException {
        told("deleting", file, () -> disk.delete(file));
    }

    private final class Timed implements Output {

        private final Path file;
        private final Output output;

        private Timed(Path file, Output output) {
            this.file = file;
            this.output = output;
        }

        @Override
        public long size() throws IOException {
            return output.size();
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            told("writing to", file, () -> output.append(bytes));
        }

        @Override
        public void force() throws IOException {
            told("forcing", file, output::force);
        }

        @Override
        public void truncate(long size) throws IOException {
            told("cutting off", file, () -> output.truncate(size));
        }

        @Override
        public void close() throws IOException {
            told("closing", file, output::close);
        }
    }
}

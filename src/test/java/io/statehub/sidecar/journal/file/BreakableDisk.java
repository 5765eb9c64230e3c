package io.statehub.sidecar.journal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** The real disk, until it has no room left, breaks or hangs. */
public final class BreakableDisk implements Disk {

    private final Disk disk = Disk.real();
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean truncateFails;
    private volatile boolean forceFails;
    private volatile boolean replaceFails;
    private volatile boolean forcesNothing;
    private volatile Runnable beforeForce = () -> {};
    private volatile Runnable beforeRead = () -> {};

    /** From now on so many bytes are taken, and the rest of a write is not. */
    public void roomFor(long bytes) {
        room.set(bytes);
    }

    void truncateFails(boolean fails) {
        truncateFails = fails;
    }

    void forceFails(boolean fails) {
        forceFails = fails;
    }

    void replaceFails(boolean fails) {
        replaceFails = fails;
    }

    /** For very many journals: what is written need not outlive the machine. */
    public BreakableDisk forcingNothing() {
        forcesNothing = true;
        return this;
    }

    /** What happens before the disk is asked to force something. */
    public void beforeForce(Runnable act) {
        beforeForce = act;
    }

    /** What happens before the disk is asked to read something. */
    public void beforeRead(Runnable act) {
        beforeRead = act;
    }

    @Override
    public InputStream read(Path file, long offset) throws IOException {
        beforeRead.run();
        return disk.read(file, offset);
    }

    @Override
    public OptionalLong size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public Output create(Path file) throws IOException {
        return new Breakable(disk.create(file));
    }

    @Override
    public Output open(Path file) throws IOException {
        return new Breakable(disk.open(file));
    }

    @Override
    public void replace(Path file, Path by) throws IOException {
        if (replaceFails) {
            throw new IOException("Input/output error");
        }
        if (forcesNothing) {
            Files.move(by, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            disk.replace(file, by);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    private final class Breakable implements Output {

        private final Output file;

        private Breakable(Output file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            int taken = (int) Math.min(room.get(), bytes.length);
            file.append(Arrays.copyOf(bytes, taken));
            room.addAndGet(-taken);
            if (taken < bytes.length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void force() throws IOException {
            beforeForce.run();
            if (forceFails) {
                throw new IOException("Input/output error");
            }
            if (!forcesNothing) {
                file.force();
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            if (truncateFails) {
                throw new IOException("Input/output error");
            }
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

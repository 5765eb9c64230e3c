package io.statehub.sidecar.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** The real disk, until it has no room left or breaks. */
final class BreakableDisk implements Storage {

    private final Storage disk = Storage.disk();
    private long room = Long.MAX_VALUE;
    private boolean truncateFails;
    private boolean forceFails;

    /** From now on so many bytes are taken, and the rest of a write is not. */
    void roomFor(long bytes) {
        room = bytes;
    }

    void truncateFails(boolean fails) {
        truncateFails = fails;
    }

    void forceFails(boolean fails) {
        forceFails = fails;
    }

    @Override
    public Output create(Path file) throws IOException {
        return new Breakable(disk.create(file));
    }

    @Override
    public Output open(Path file) throws IOException {
        return new Breakable(disk.open(file));
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
            int taken = (int) Math.min(room, bytes.length);
            file.append(Arrays.copyOf(bytes, taken));
            room -= taken;
            if (taken < bytes.length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void force() throws IOException {
            if (forceFails) {
                throw new IOException("Input/output error");
            }
            file.force();
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

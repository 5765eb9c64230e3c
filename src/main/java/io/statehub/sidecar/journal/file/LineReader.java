package io.statehub.sidecar.journal.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Walks along the lines of a file. However long a line is, no more of it is held than {@link SealedLine#MAX_BYTES}. */
final class LineReader implements Closeable {

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private long number;
    private long offset;
    private long length;
    private boolean terminated;

    private LineReader(InputStream in) {
        this.in = in;
    }

    /** @throws IOException if it can't be read, or is no regular file */
    static LineReader open(Disk disk, Path file) throws IOException {
        return new LineReader(disk.read(file, 0));
    }

    /** Moves to the next line; false at the end of the file. */
    boolean next() throws IOException {
        offset += length;
        held.reset();
        length = 0;
        terminated = false;
        while (!terminated && (next < end || fill())) {
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            hold(from);
            if (next < end) {
                next++;
                length++;
                terminated = true;
            }
        }
        number++;
        return length > 0;
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private void hold(int from) {
        length += next - from;
        held.write(buffer, from, Math.min(next - from, SealedLine.MAX_BYTES - held.size()));
    }

    /** Counted from 1. */
    long number() {
        return number;
    }

    /** Where the line begins, in bytes from the start of the file. */
    long offset() {
        return offset;
    }

    /** Bytes of the line in the file, its end included. */
    long length() {
        return length;
    }

    /** Whether the line has its end, which the last one of a file may lack. */
    boolean terminated() {
        return terminated;
    }

    boolean tooLong() {
        return length - (terminated ? 1 : 0) > SealedLine.MAX_BYTES;
    }

    /** The line without its end, cut off at the bound. */
    byte[] bytes() {
        return held.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

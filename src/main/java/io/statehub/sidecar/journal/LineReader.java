package io.statehub.sidecar.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Walks along the lines of a file. However long a line is, no more of it is held than the bound. */
final class LineReader implements Closeable {

    private final InputStream in;
    private final int maxBytes;

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private long number;
    private long offset;
    private long length;
    private boolean terminated;

    private LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    static LineReader open(Path file, int maxBytes) throws IOException {
        return new LineReader(new BufferedInputStream(Files.newInputStream(file), 1 << 16), maxBytes);
    }

    /** Goes on to the next line; false at the end of the file. */
    boolean next() throws IOException {
        offset += length;
        held.reset();
        length = 0;
        terminated = false;
        for (int b = in.read(); b >= 0; b = in.read()) {
            length++;
            if (b == '\n') {
                terminated = true;
                break;
            }
            if (held.size() < maxBytes) {
                held.write(b);
            }
        }
        number++;
        return length > 0;
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
        return length - (terminated ? 1 : 0) > maxBytes;
    }

    /** The line without its end, cut off at the bound. */
    byte[] bytes() {
        return held.toByteArray();
    }

    JournalLine.Reading read() {
        return tooLong() ? new JournalLine.Corrupt() : JournalLine.read(bytes(), number == 1);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

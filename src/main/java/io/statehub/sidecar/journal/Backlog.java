package io.statehub.sidecar.journal;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lines that wait for the disk, oldest first. When there are too many, the oldest go: the newest say how things are. */
final class Backlog {

    static final int MAX_LINES = 1000;
    static final long MAX_BYTES = 8L << 20;

    private final Deque<byte[]> lines = new ArrayDeque<>();
    private long bytes;
    private long dropped;

    void add(byte[] line) {
        lines.addLast(line);
        bytes += line.length;
        while (lines.size() > MAX_LINES || bytes > MAX_BYTES) {
            bytes -= lines.removeFirst().length;
            dropped++;
        }
    }

    /** Not to be changed. */
    Iterable<byte[]> lines() {
        return lines;
    }

    void removeFirst(int count) {
        for (int i = 0; i < count; i++) {
            bytes -= lines.removeFirst().length;
        }
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    int size() {
        return lines.size();
    }

    /** Lines that went unwritten. */
    long dropped() {
        return dropped;
    }
}

package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/** One direction of a proxied connection: bytes read, held back until they are due, written. Never blocks. */
final class ProxyFlow {

    /** Beyond this the sender is left to wait, as by a full TCP window. */
    private static final int MOST_HELD_BYTES = 1 << 20;

    private static final int CHUNK_BYTES = 16 * 1024;

    private final SocketChannel from;
    private final SocketChannel to;
    private final AtomicLong delivered;
    private final Deque<Chunk> held = new ArrayDeque<>();
    private int heldBytes;
    private boolean ended;
    private boolean finished;

    /** @param delivered counts what has been written, here and in the other flows of this direction */
    ProxyFlow(SocketChannel from, SocketChannel to, AtomicLong delivered) {
        this.from = from;
        this.to = to;
        this.delivered = delivered;
    }

    /** @param now and delay in nanoseconds, {@code now} from {@link System#nanoTime()} */
    void move(long now, long delay) throws IOException {
        read(now + delay);
        write(now);
        if (ended && held.isEmpty() && !finished) {
            to.shutdownOutput();
            finished = true;
        }
    }

    private void read(long dueAt) throws IOException {
        while (wantsRead()) {
            ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
            int count = from.read(buffer);
            if (count < 0) {
                ended = true;
            }
            if (count <= 0) {
                return;
            }
            held.add(new Chunk(dueAt, buffer.flip()));
            heldBytes += count;
        }
    }

    private void write(long now) throws IOException {
        while (isDue(now)) {
            ByteBuffer bytes = held.element().bytes();
            int count = to.write(bytes);
            heldBytes -= count;
            delivered.addAndGet(count);
            if (bytes.hasRemaining()) {
                return;
            }
            held.remove();
        }
    }

    boolean wantsRead() {
        return !ended && heldBytes < MOST_HELD_BYTES;
    }

    /** After a move, anything due that is still here waits for room at the receiver. */
    boolean isDue(long now) {
        Chunk next = held.peek();
        return next != null && next.dueAt() - now <= 0;
    }

    /** Nanoseconds until held bytes become due, or {@link Long#MAX_VALUE}. */
    long nanosUntilDue(long now) {
        Chunk next = held.peek();
        return next == null || next.dueAt() - now <= 0 ? Long.MAX_VALUE : next.dueAt() - now;
    }

    boolean isFinished() {
        return finished;
    }

    private record Chunk(long dueAt, ByteBuffer bytes) {}
}

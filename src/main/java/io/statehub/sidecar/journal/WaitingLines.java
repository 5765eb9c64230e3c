package io.statehub.sidecar.journal;

import io.statehub.sidecar.time.Moment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What waits for the disk, oldest first. When there is too much, the oldest go: the newest say how things are. */
final class WaitingLines {

    static final int MOST = 1000;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long dropped;

    /** @param line made when it is written, not by the thread that notices */
    record Waiting(Moment since, Supplier<byte[]> line) {}

    synchronized void add(Moment since, Supplier<byte[]> line) {
        waiting.addLast(new Waiting(since, line));
        if (waiting.size() > MOST) {
            waiting.removeFirst();
            dropped++;
        }
    }

    synchronized List<Waiting> first(int most) {
        return waiting.stream().limit(most).toList();
    }

    /** Removes what was written, unless it was pushed out meanwhile. */
    synchronized void remove(List<Waiting> written) {
        List<Waiting> gone = new ArrayList<>(written);
        while (!waiting.isEmpty() && gone.contains(waiting.peekFirst())) {
            waiting.removeFirst();
        }
    }

    /** Removes one that can't be written. */
    synchronized void drop(Waiting unfit) {
        if (waiting.remove(unfit)) {
            dropped++;
        }
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Lines that are nowhere. */
    synchronized long dropped() {
        return dropped;
    }

    /** Since when the oldest waits. */
    synchronized Optional<Moment> since() {
        return Optional.ofNullable(waiting.peekFirst()).map(Waiting::since);
    }
}

package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What the terminal shows of the writes; the report is made from the ledger. Safe for use by several threads. */
final class Counters {

    private final Deque<Moment> recent = new ArrayDeque<>();
    private long acked;
    private long errors;
    private Optional<Moment> lastGood = Optional.empty();
    private boolean bad;
    private Optional<Moment> writing = Optional.empty();

    synchronized void writing(Moment since) {
        writing = Optional.of(since);
    }

    synchronized void written() {
        writing = Optional.empty();
    }

    synchronized void count(HeartbeatObservation seen, Moment begun) {
        bad = seen.failure().isPresent();
        if (bad) {
            errors++;
        } else {
            acked++;
            lastGood = Optional.of(begun);
            recent.addLast(seen.at());
        }
    }

    synchronized long acked() {
        return acked;
    }

    synchronized long errors() {
        return errors;
    }

    /** Acknowledged within the last second. */
    synchronized long rate(Moment now) {
        while (!recent.isEmpty() && now.since(recent.getFirst()).compareTo(Duration.ofSeconds(1)) > 0) {
            recent.removeFirst();
        }
        return recent.size();
    }

    /** How long writes have been out; zero if the last one worked. */
    synchronized Duration outage(Moment now) {
        return bad ? lastGood.map(now::since).orElse(Duration.ZERO) : Duration.ZERO;
    }

    /** How long the write that is under way has been; zero if none is. */
    synchronized Duration hanging(Moment now) {
        return writing.map(now::since).orElse(Duration.ZERO);
    }
}

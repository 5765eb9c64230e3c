package io.statehub.sidecar.snapshot;

import io.statehub.sidecar.headline.Headline;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Where readers find the current snapshot. Reading never waits.
 *
 * <p>A snapshot that has stopped being replaced must not be believed: {@link #stale} is for every reader to ask first.
 */
public final class Snapshots {

    private final TimeSource time;
    private final Allowances allowed;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private volatile AgentSnapshot current;

    /**
     * Begins with a first snapshot.
     *
     * @param allowed what a reader shows beside what was measured
     */
    public Snapshots(TimeSource time, Allowances allowed, AgentSnapshot first) {
        this.time = time;
        this.allowed = allowed;
        this.current = first;
    }

    public AgentSnapshot current() {
        return current;
    }

    /**
     * Whether what a predecessor left has been taken up. Until then history, counters and a current incident are
     * unknown, and nobody should be told that there are none.
     */
    public boolean hasBegun() {
        return begun.isDone();
    }

    /** Runs once {@link #hasBegun}: now, or on the thread that begins. */
    @SuppressWarnings("FutureReturnValueIgnored") // each stands for itself
    public void onceBegun(Runnable act) {
        begun.thenRun(act);
    }

    void begin(AgentSnapshot first) {
        publish(first);
        begun.complete(null);
    }

    void publish(AgentSnapshot next) {
        current = next;
    }

    /** How old this snapshot is now. */
    public Duration age(AgentSnapshot snapshot) {
        return snapshot.age(now());
    }

    /** Whether this snapshot is too old to say anything. */
    public boolean stale(AgentSnapshot snapshot) {
        return age(snapshot).compareTo(staleAfter()) > 0;
    }

    /** The one sentence on it as of now: of one that is too old, that it is. */
    public Headline headline(AgentSnapshot snapshot) {
        return stale(snapshot) ? Headline.stale(snapshot.at(), age(snapshot)) : snapshot.headline();
    }

    public Duration staleAfter() {
        return allowed.staleAfter();
    }

    /** What is allowed here. */
    public Allowances allowed() {
        return allowed;
    }

    public Moment now() {
        return time.now();
    }
}

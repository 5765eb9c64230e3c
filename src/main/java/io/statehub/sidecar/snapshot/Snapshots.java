package io.statehub.sidecar.snapshot;

import io.statehub.sidecar.headline.Headline;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;

/**
 * Where readers find the current snapshot. Reading never waits.
 *
 * <p>A snapshot that has stopped being replaced must not be believed: {@link #stale} is for every reader to ask first.
 */
public final class Snapshots {

    private final TimeSource time;
    private final Allowances allowed;
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

package io.statehub.sidecar.snapshot;

/**
 * Who is told of a snapshot before whom, as priorities: the highest first. A fault in one keeps it from those after it,
 * so that what a person would look for comes before what only remembers: first the log, in which a cause stands above
 * what follows from it; then what must outlive the process; then what is told to others.
 */
public final class ListenerOrder {

    /** What changed of findings and statuses. */
    public static final int CHANGES = 50;

    /** What happened in a failover, which follows from that. */
    public static final int FAILOVERS = 40;

    public static final int JOURNAL = 30;

    public static final int EVENTS = 20;

    /** What page and metrics remember; in any order among each other. */
    public static final int MEMORY = 10;

    private ListenerOrder() {}
}

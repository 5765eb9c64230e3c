package io.statehub.sidecar.snapshot;

/**
 * Is told of each new snapshot, in order, on the thread that made it: it must neither block nor throw. Its place among
 * the others is of {@link ListenerOrder}.
 */
@FunctionalInterface
public interface SnapshotListener {

    void published(AgentSnapshot previous, AgentSnapshot current);
}

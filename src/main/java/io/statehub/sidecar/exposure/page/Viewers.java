package io.statehub.sidecar.exposure.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Who looks at the live page. Something that runs by itself begins with the first of them and ends with the last:
 * without any, nothing wakes up.
 *
 * @param <V> a viewer
 */
final class Viewers<V> {

    private final int most;
    private final Supplier<Runnable> pace;
    private final Map<V, Runnable> all = new HashMap<>();
    private Runnable end = () -> {};

    /**
     * Nobody, as yet.
     *
     * @param most how many there may be at a time
     * @param pace begins what runs as long as anybody looks, and returns what ends it
     */
    Viewers(int most, Supplier<Runnable> pace) {
        this.most = most;
        this.pace = pace;
    }

    /** Whether there is room for one more. */
    synchronized boolean full() {
        return all.size() >= most;
    }

    /**
     * Lets one more in.
     *
     * @param leaving done once, when it leaves; not if it isn't let in
     * @return whether there was room
     */
    synchronized boolean enter(V viewer, Runnable leaving) {
        if (full()) {
            return false;
        }
        if (all.isEmpty()) {
            end = pace.get();
        }
        all.put(viewer, leaving);
        return true;
    }

    /** Whether it was one; nothing happens if it wasn't, or has left before. */
    synchronized boolean leave(V viewer) {
        Runnable leaving = all.remove(viewer);
        if (leaving == null) {
            return false;
        }
        leaving.run();
        if (all.isEmpty()) {
            end.run();
        }
        return true;
    }

    synchronized List<V> now() {
        return List.copyOf(all.keySet());
    }
}

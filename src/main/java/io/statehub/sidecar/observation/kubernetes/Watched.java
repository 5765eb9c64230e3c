package io.statehub.sidecar.observation.kubernetes;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.time.Moment;
import java.util.List;

/**
 * What is known of all objects of one kind.
 *
 * @param <T> what is kept of an object
 */
public sealed interface Watched<T> {

    /** The settings leave it out. */
    record Off<T>() implements Watched<T> {}

    /**
     * Asked for, and not answered yet.
     *
     * @param since when it was first asked for
     */
    record Pending<T>(Moment since) implements Watched<T> {}

    /**
     * In step with the API server.
     *
     * @param objects those that could be read
     * @param malformed what is wrong with the others, a line each
     */
    record Current<T>(List<T> objects, List<String> malformed) implements Watched<T> {
        public Current {
            objects = List.copyOf(objects);
            malformed = List.copyOf(malformed);
        }
    }

    /**
     * The watch is broken, and what was known last may have changed.
     *
     * @param last what the objects were
     * @param since when it broke
     */
    record Lost<T>(Current<T> last, Moment since, Failure why) implements Watched<T> {}

    /**
     * Nothing is known.
     *
     * @param since when it was first refused
     */
    record Unseen<T>(Moment since, Failure why) implements Watched<T> {}

    /** The objects as far as they are known, be it from before the watch broke; empty says nothing of whether there are any. */
    default List<T> lastKnown() {
        if (this instanceof Current<T> current) {
            return current.objects();
        }
        return this instanceof Lost<T> lost ? lost.last().objects() : List.of();
    }
}

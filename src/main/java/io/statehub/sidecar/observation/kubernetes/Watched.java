package io.statehub.sidecar.observation.kubernetes;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.time.Moment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of all objects of one kind.
 *
 * @param <T> what is kept of an object
 */
public sealed interface Watched<T> {

    /** How a watch stands, as metrics and {@code /status} name it. */
    enum State {
        OFF,
        PENDING,
        CURRENT,
        LOST,
        UNSEEN;

        /** The word for it outside. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    State state();

    /** What the visitor makes of it, by how the watch stands. */
    <R> R accept(Visitor<T, R> visitor);

    /** Something that is made of every way a watch stands: one that is added must be here before anything compiles. */
    interface Visitor<T, R> {
        R off(Off<T> off);

        R pending(Pending<T> pending);

        R current(Current<T> current);

        R lost(Lost<T> lost);

        R unseen(Unseen<T> unseen);
    }

    /** Why it is not in step, where that is known. */
    default Optional<Failure> failure() {
        return Optional.empty();
    }

    /** The settings leave it out. */
    record Off<T>() implements Watched<T> {
        @Override
        public State state() {
            return State.OFF;
        }

        @Override
        public <R> R accept(Visitor<T, R> visitor) {
            return visitor.off(this);
        }
    }

    /**
     * Asked for, and not answered yet.
     *
     * @param since when it was first asked for
     */
    record Pending<T>(Moment since) implements Watched<T> {
        @Override
        public State state() {
            return State.PENDING;
        }

        @Override
        public <R> R accept(Visitor<T, R> visitor) {
            return visitor.pending(this);
        }
    }

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

        @Override
        public State state() {
            return State.CURRENT;
        }

        @Override
        public <R> R accept(Visitor<T, R> visitor) {
            return visitor.current(this);
        }
    }

    /**
     * The watch is broken, and what was known last may have changed.
     *
     * @param last what the objects were
     * @param since when it broke
     */
    record Lost<T>(Current<T> last, Moment since, Failure why) implements Watched<T> {
        @Override
        public State state() {
            return State.LOST;
        }

        @Override
        public <R> R accept(Visitor<T, R> visitor) {
            return visitor.lost(this);
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(why);
        }
    }

    /**
     * Nothing is known.
     *
     * @param since when it was first refused
     */
    record Unseen<T>(Moment since, Failure why) implements Watched<T> {
        @Override
        public State state() {
            return State.UNSEEN;
        }

        @Override
        public <R> R accept(Visitor<T, R> visitor) {
            return visitor.unseen(this);
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(why);
        }
    }
}

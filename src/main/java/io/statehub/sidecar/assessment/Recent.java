package io.statehub.sidecar.assessment;

import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;

/**
 * The newest of a series, oldest first: an immutable list that shares its memory with the one that it was made from, so
 * that to add one costs nothing but that one, a whole copy once in as many as are kept.
 *
 * @param <T> of what
 */
public final class Recent<T> extends AbstractList<T> implements RandomAccess {

    /** What several lists share; a place is written once. */
    private static final class Shared {
        private final Object[] places;
        private int used;

        Shared(int size) {
            places = new Object[size];
        }

        /** False if another list was continued from the same place, or no room is left. */
        synchronized boolean append(int place, Object next) {
            if (place != used || place == places.length) {
                return false;
            }
            places[used++] = next;
            return true;
        }
    }

    private final Shared shared;
    private final int from;
    private final int to;

    private Recent(Shared shared, int from, int to) {
        this.shared = shared;
        this.from = from;
        this.to = to;
    }

    /** The same, as a list of which each successor is cheap. */
    public static <T> Recent<T> of(Collection<? extends T> values) {
        return values instanceof Recent<?> ? cast(values) : copy(List.copyOf(values), 0, values.size());
    }

    @SuppressWarnings("unchecked") // what is in it is of a subtype, and nothing is ever put in
    private static <T> Recent<T> cast(Collection<? extends T> recent) {
        return (Recent<T>) recent;
    }

    private static <T> Recent<T> copy(List<? extends T> values, int from, int most) {
        Shared shared = new Shared(2 * Math.max(most, 1));
        for (T value : values.subList(from, values.size())) {
            shared.append(shared.used, value);
        }
        return new Recent<>(shared, 0, shared.used);
    }

    /**
     * With one more, and without the oldest if they were as many as are kept.
     *
     * @param most how many are kept, from 1
     */
    public Recent<T> with(T next, int most) {
        int kept = Math.max(from, to + 1 - most);
        if (shared.append(to, next)) {
            return new Recent<>(shared, kept, to + 1);
        }
        Recent<T> moved = copy(this, kept - from, Math.min(most, 2 * (to - kept + 1)));
        moved.shared.append(moved.to, next);
        return new Recent<>(moved.shared, 0, moved.to + 1);
    }

    @Override
    @SuppressWarnings("unchecked") // nothing else was put in
    public T get(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        return (T) shared.places[from + index];
    }

    @Override
    public int size() {
        return to - from;
    }
}

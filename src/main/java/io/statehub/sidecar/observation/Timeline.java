package io.statehub.sidecar.observation;

/**
 * A history of the write-ahead log. Each promotion starts the next one, so the higher number is the younger history.
 * Members that were promoted without hearing of each other begin histories of their own with the same number.
 *
 * @param number from 1; PostgreSQL's {@code TimeLineID} is 32 bits unsigned
 */
public record Timeline(long number) implements Comparable<Timeline> {

    public Timeline {
        if (number < 1) {
            throw new IllegalArgumentException("timeline " + number + " is below 1; an unknown timeline is absent");
        }
    }

    /** The one that a promotion begins, unless a member that promotes itself knows of a younger one. */
    public Timeline next() {
        return new Timeline(number + 1);
    }

    @Override
    public int compareTo(Timeline other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}

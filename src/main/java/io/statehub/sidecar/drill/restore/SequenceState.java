package io.statehub.sidecar.drill.restore;

/**
 * Where a sequence stands.
 *
 * @param name schema and name, quoted as SQL takes them
 * @param lastValue the value that was given last, or that will be given first
 * @param called whether {@code lastValue} was given already
 * @param increment from one value to the next; never 0
 */
public record SequenceState(String name, long lastValue, boolean called, long increment) {

    /** @throws IllegalArgumentException if the increment is 0 */
    public SequenceState {
        if (increment == 0) {
            throw new IllegalArgumentException("the sequence " + name + " goes from one value to the same");
        }
    }

    /**
     * Below, at or above 0 as this one will give values again that the other has given, the same ones, or later ones.
     */
    public int comparedTo(SequenceState other) {
        int byValue =
                increment < 0 ? Long.compare(other.lastValue, lastValue) : Long.compare(lastValue, other.lastValue);
        return byValue != 0 ? byValue : Boolean.compare(called, other.called);
    }

    /** For people. */
    public String described() {
        return lastValue + (called ? "" : " (not given yet)");
    }
}

package io.statehub.sidecar.drill.restore;

import java.util.List;

/**
 * One way in which a restored database is not what its manifest says.
 *
 * @param subject what it is, for people: a kind and a name
 * @param what how it differs, with what is there beside what should be
 * @param keys primary keys of the first rows that differ, as far as they can be named
 */
public record Difference(String subject, String what, List<String> keys) {

    public Difference {
        keys = List.copyOf(keys);
    }

    static Difference of(String subject, String what) {
        return new Difference(subject, what, List.of());
    }

    /** One line. */
    @Override
    public String toString() {
        return subject + ": " + what + (keys.isEmpty() ? "" : "; first keys: " + String.join(", ", keys));
    }
}

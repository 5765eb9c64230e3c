package io.statehub.sidecar.journal.file;

import java.util.ArrayList;
import java.util.List;

/** Line numbers as a message names them, such as {@code line 3}, or {@code lines 3, 5 and 12 more}. */
final class LineNumbers {

    private static final int MOST_NAMED = 10;

    private final List<String> named = new ArrayList<>();
    private long count;

    void add(long number) {
        count++;
        if (named.size() < MOST_NAMED) {
            named.add(Long.toString(number));
        }
    }

    boolean any() {
        return count > 0;
    }

    @Override
    public String toString() {
        String more = count > named.size() ? " and " + (count - named.size()) + " more" : "";
        return (count == 1 ? "line " : "lines ") + String.join(", ", named) + more;
    }
}

package io.statehub.sidecar.drill.ledger;

import java.util.Collection;
import java.util.TreeSet;

/** A line is whole, and has a word that this program doesn't know: a newer one wrote it. */
final class UnknownWordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param allowed the words that are known in that place */
    UnknownWordException(String what, String word, Collection<String> allowed) {
        super("the " + what + " '" + word + "', which this program does not know; it knows "
                + String.join(", ", new TreeSet<>(allowed)));
    }
}

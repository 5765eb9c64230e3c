package io.statehub.sidecar.journal.file;

import java.util.Locale;
import java.util.Optional;

/** What a line is, which is the first thing it says. */
public enum LineKind {
    /** What a successor continues from. Only the newest is of use. */
    CHECKPOINT,
    /** An incident that ended. */
    INCIDENT,
    /** Something that was noticed, as evidence for people. */
    EVENT;

    /** The name in the files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<LineKind> labelled(String label) {
        for (LineKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

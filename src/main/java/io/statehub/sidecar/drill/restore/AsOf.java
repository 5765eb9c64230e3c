package io.statehub.sidecar.drill.restore;

import java.time.Instant;
import java.util.Optional;

/**
 * Of when a restored database is, beside its manifest, and so on which side there may be rows that the other hasn't.
 */
public enum AsOf {
    /** Both are of the same moment: everything must be equal. */
    SAME,
    /** The database is of a later moment: it may have rows more. */
    LATER,
    /** The database is of an earlier moment: rows that were written up to the manifest may be missing. */
    EARLIER;

    /**
     * Where a database of that moment stands.
     *
     * @param restored of when the restored database is; empty if it is of the moment of the manifest
     */
    public static AsOf of(Origin origin, Optional<Instant> restored) {
        int order = restored.map(at -> at.compareTo(origin.takenAt())).orElse(0);
        return order == 0 ? SAME : order > 0 ? LATER : EARLIER;
    }

    /** Whether it may have so many rows where the manifest has so many. */
    boolean allows(long expected, long found) {
        return switch (this) {
            case SAME -> expected == found;
            case LATER -> found >= expected;
            case EARLIER -> found <= expected;
        };
    }
}

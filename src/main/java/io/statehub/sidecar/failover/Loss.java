package io.statehub.sidecar.failover;

import java.util.Optional;

/**
 * What a change of primary lost. Nothing is judged before the new primary was asked; without heartbeats, rows and
 * seconds never are.
 *
 * @param rows acknowledged beats that the new primary doesn't hold
 * @param ambiguous beats whose outcome was not known, sent since the old primary was last seen; they are none of the
 *     rows
 * @param seconds from the acknowledgement of the last beat that survived to that of the last one that was lost
 * @param bytes log from where the new timeline left the old one to where the old one stood after its last acknowledged
 *     beat
 */
public record Loss(Optional<Count> rows, long ambiguous, Optional<Bounds> seconds, Optional<Count> bytes) {

    /** @throws IllegalArgumentException if the number of ambiguous beats is negative */
    public Loss {
        if (ambiguous < 0) {
            throw new IllegalArgumentException(ambiguous + " ambiguous beats");
        }
    }

    /** Nobody could tell. */
    public static final Loss NOT_JUDGED = new Loss(Optional.empty(), 0, Optional.empty(), Optional.empty());

    Loss withBytes(Optional<Count> judged) {
        return new Loss(rows, ambiguous, seconds, judged);
    }

    /** Adds what another look at the new primary found missing. */
    Loss plus(Count moreRows, long nowAmbiguous, Bounds lostSeconds) {
        return new Loss(
                Optional.of(rows.map(moreRows::plus).orElse(moreRows)),
                nowAmbiguous,
                Optional.of(seconds.filter(before -> before.lower().compareTo(lostSeconds.lower()) > 0)
                        .orElse(lostSeconds)),
                bytes);
    }
}

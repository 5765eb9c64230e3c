package io.statehub.sidecar.failover;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that the tracker noticed, with what shows it.
 *
 * @param at when it happened, as far as that can be told; it was noticed at the latest moment of it
 * @param incident the id of the incident it belongs to; empty outside of one
 */
public record FailoverEvent(Kind kind, Occurrence at, Optional<String> incident) {

    /** What can be noticed. */
    public enum Kind {
        /** A primary was seen, and none is remembered that it could have taken over from. */
        PRIMARY_SEEN,
        /** A fault of ours keeps us from seeing the primary. */
        PRIMARY_OUT_OF_SIGHT,
        /** The primary stopped answering, or leading. */
        PRIMARY_SUSPECT,
        /** The operator says that all instances are stopped because somebody wants it. */
        PLANNED_STOP,
        /** The primary was shut down in order. */
        ORDERLY_END,
        /** The primary's loss is believed. */
        PRIMARY_LOST,
        /** The old primary leads again: the same run of it. */
        PRIMARY_BACK,
        /** The primary was restarted, and leads. */
        PRIMARY_RESTARTED,
        /** Writes work on the old primary again. */
        WRITES_BACK,
        /** Nobody took over within {@code statehub.objectives.rto}. */
        NO_CANDIDATE,
        /** A member left recovery. */
        PROMOTED,
        /** Writes reach the new primary. */
        ROUTED,
        /** As many standbys stream as before. */
        REDUNDANT,
        /** The old primary follows the new one. */
        OLD_PRIMARY_REJOINED,
        /** The old primary is in recovery on the old timeline. */
        OLD_PRIMARY_DIVERGED,
        /** Two members are out of recovery at once. */
        SPLIT_BRAIN,
        /** All but one of them have been seen to be over. */
        SPLIT_BRAIN_OVER,
        /** Acknowledged writes are missing on the new primary. */
        LOSS_FOUND,
        /** Fewer standbys stream than before. */
        REDUNDANCY_LOST,
        /** More standbys stream than before. */
        REDUNDANCY_REGAINED,
        /** The incident is over. */
        ENDED;

        /** The name in JSON and log. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

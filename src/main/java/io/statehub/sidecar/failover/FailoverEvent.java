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
        /** The operator says that the instances are stopped because somebody wants it. */
        PLANNED_STOP,
        /** The primary was shut down in order. */
        ORDERLY_END,
        /** The primary is believed lost. */
        PRIMARY_LOST,
        /** The old primary leads again: the same run of it. */
        PRIMARY_BACK,
        /** The primary was restarted, and leads on. */
        PRIMARY_RESTARTED,
        /** Writes were seen to work on the old primary. */
        WRITES_BACK,
        /** Nobody took over within the objective. */
        NO_CANDIDATE,
        /** A member left recovery. */
        PROMOTED,
        /** The writes reach the new primary. */
        ROUTED,
        /** As many standbys stream from the new primary as did from the old one. */
        REDUNDANT,
        /** The old primary is back, and follows the new one. */
        OLD_PRIMARY_REJOINED,
        /** The old primary is back, and follows the old history. */
        OLD_PRIMARY_DIVERGED,
        /** Two members are out of recovery at once. */
        SPLIT_BRAIN,
        /** All of them but one have been seen to be over. */
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

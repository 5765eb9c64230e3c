package io.statehub.sidecar.failover;

import java.time.Duration;
import java.util.Locale;

/**
 * What a failover may cost at most.
 *
 * @param rto how long writes may be out
 * @param rpo how much acknowledged data may be lost, in seconds of it
 */
public record Objectives(Duration rto, Duration rpo) {

    /** Whether an objective was met; the error of a measure may leave that open. */
    public enum Compliance {
        MET,
        MISSED,
        UNDECIDED;

        /** The name in metrics and JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether writes were out for no longer than allowed. */
    public Compliance rtoOf(Bounds writeOutage) {
        return judge(writeOutage, rto);
    }

    /** Whether no more was lost than allowed. */
    public Compliance rpoOf(Loss loss) {
        boolean nothingLost = loss.rows()
                .filter(rows -> rows.isExact() && rows.atLeast() == 0)
                .isPresent();
        if (nothingLost) {
            return Compliance.MET;
        }
        boolean anyLost = loss.rows().filter(rows -> rows.atLeast() > 0).isPresent();
        if (anyLost && rpo.isZero()) {
            return Compliance.MISSED;
        }
        return loss.seconds().map(seconds -> judge(seconds, rpo)).orElse(Compliance.UNDECIDED);
    }

    private static Compliance judge(Bounds measured, Duration allowed) {
        if (measured.lower().compareTo(allowed) > 0) {
            return Compliance.MISSED;
        }
        return measured.upper().filter(upper -> upper.compareTo(allowed) <= 0).isPresent()
                ? Compliance.MET
                : Compliance.UNDECIDED;
    }
}

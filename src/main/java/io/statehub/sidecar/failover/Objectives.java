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
    public enum Verdict {
        MET,
        MISSED,
        UNDECIDED;

        /** The name in metrics and JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Verdict rtoOf(Bounds writeOutage) {
        return judge(writeOutage, rto);
    }

    Verdict rpoOf(Loss loss) {
        boolean nothingLost = loss.rows()
                .filter(rows -> rows.isExact() && rows.atLeast() == 0)
                .isPresent();
        if (nothingLost) {
            return Verdict.MET;
        }
        boolean anyLost = loss.rows().filter(rows -> rows.atLeast() > 0).isPresent();
        if (anyLost && rpo.isZero()) {
            return Verdict.MISSED;
        }
        return loss.seconds().map(seconds -> judge(seconds, rpo)).orElse(Verdict.UNDECIDED);
    }

    private static Verdict judge(Bounds measured, Duration allowed) {
        if (measured.lower().compareTo(allowed) > 0) {
            return Verdict.MISSED;
        }
        return measured.upper().filter(upper -> upper.compareTo(allowed) <= 0).isPresent()
                ? Verdict.MET
                : Verdict.UNDECIDED;
    }
}

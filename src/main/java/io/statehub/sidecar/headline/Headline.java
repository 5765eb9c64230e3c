package io.statehub.sidecar.headline;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * The one sentence that page, terminal, log and {@code /status} begin with: what is out, for how long beside what is
 * allowed, why as far as that is known, and what is being done about it.
 *
 * @param kind what it is about
 * @param text one sentence for people, without the name of the status
 * @param since since when that is so; empty if nothing is wrong, or that is not known
 */
public record Headline(HeadlineKind kind, String text, Optional<Moment> since) {

    /** The headline of what was assessed and tracked at one moment. */
    public static Headline of(Assessment assessment, Tracking tracking, Objectives objectives) {
        return new HeadlineRules(assessment, tracking, objectives).headline();
    }

    /**
     * The headline of a snapshot that is too old to be believed.
     *
     * @param age how old it is
     */
    public static Headline stale(Moment seen, Duration age) {
        return new Headline(
                HeadlineKind.STALE,
                "Unknown for " + Figures.clock(age)
                        + ": the sidecar itself stands still, and has observed nothing since",
                Optional.of(seen));
    }
}

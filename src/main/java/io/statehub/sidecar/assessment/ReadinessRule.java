package io.statehub.sidecar.assessment;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether the pod should take traffic (decision 0004).
 *
 * <p>All pods share one database. If each turned unready the moment it fails over, the Service would be empty, and
 * clients would get connection errors in place of the API's own answer. And since the API's readiness path usually
 * reads that database, its failure is attributed to the database while that is in trouble, and for one grace period
 * after.
 *
 * <p>What a fault of ours alone hides makes no pod unready under any policy: it may well work.
 *
 * @param policy what an unusable write path does
 * @param grace with {@link DatabasePolicy#DEGRADE}, how long the write path may be down
 */
public record ReadinessRule(DatabasePolicy policy, Duration grace) {

    /** @param hidden the fault of ours that alone hides the write path; empty if there is none */
    Readiness decide(
            Target apiLiveness, Target apiReadiness, Optional<String> hidden, WritePath writePath, Moment now) {
        List<String> against = new ArrayList<>();
        List<String> excused = new ArrayList<>();
        if (!apiLiveness.status().usable()) {
            String reason = "API liveness path: " + TargetRules.why(apiLiveness);
            (TargetRules.hiddenByUs(apiLiveness) ? excused : against).add(reason);
        }
        if (!apiReadiness.status().usable()) {
            String reason = "API readiness path: " + TargetRules.why(apiReadiness);
            boolean excusable = TargetRules.hiddenByUs(apiReadiness)
                    || (apiReadiness.status() == Status.DOWN && blamedOnDatabase(writePath, now));
            (excusable ? excused : against).add(reason);
        }
        switch (policy) {
            case STRICT -> {
                if (!writePath.status().usable()) {
                    boolean excusable = writePath.status() == Status.UNKNOWN && hidden.isPresent();
                    String why = excusable ? " (" + hidden.get() + ")" : "";
                    (excusable ? excused : against)
                            .add("write path is " + writePath.status() + why + "; allowed by policy strict: UP");
                }
            }
            case DEGRADE ->
                writePath.downSince().map(now::since).ifPresent(down -> {
                    String reason = "write path down for " + Figures.seconds(down) + "; allowed by policy degrade: "
                            + Figures.seconds(grace);
                    (down.compareTo(grace) > 0 ? against : excused).add(reason);
                });
            case IGNORE ->
                writePath
                        .downSince()
                        .map(now::since)
                        .ifPresent(down -> excused.add(
                                "write path down for " + Figures.seconds(down) + "; allowed by policy ignore"));
        }
        return new Readiness(against.isEmpty(), against.isEmpty() ? excused : against);
    }

    private boolean blamedOnDatabase(WritePath writePath, Moment now) {
        return policy != DatabasePolicy.STRICT
                && writePath
                        .lastTrouble()
                        .filter(trouble -> now.since(trouble).compareTo(grace) <= 0)
                        .isPresent();
    }
}

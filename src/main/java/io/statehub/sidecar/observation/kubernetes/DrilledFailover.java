package io.statehub.sidecar.observation.kubernetes;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The last failover drill, as whoever made it has written it on the cluster.
 *
 * @param at when it ended, by the clock of whoever made it
 * @param outageAtMost how long writes were out, upper bound; empty if nothing bounds it
 */
public record DrilledFailover(Instant at, DrillVerdict verdict, Optional<Duration> outageAtMost) {

    /** When it ended, in ISO 8601. */
    public static final String DRILLED_AT = "state-hub.io/failover-drilled-at";

    /** What came of it: {@code met}, {@code missed} or {@code undecided}. */
    public static final String VERDICT = "state-hub.io/failover-drill-verdict";

    /** Upper bound of the outage of writes, in seconds with decimals; absent if nothing bounds it. */
    public static final String OUTAGE_AT_MOST = "state-hub.io/failover-drill-outage-at-most-seconds";

    /** Longer is no measurement, but a slip of the pen. */
    private static final BigDecimal MOST_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(366).toSeconds());

    /** Whether the objectives were met. */
    public enum DrillVerdict {
        MET,
        MISSED,
        UNDECIDED;

        /** The word for it in annotations and metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is written there; empty if it can't be read as a time and a verdict: a drill of which that is not known
     * proves nothing.
     */
    public static Optional<DrilledFailover> of(Map<String, String> annotations) {
        Optional<DrillVerdict> verdict = Arrays.stream(DrillVerdict.values())
                .filter(one -> one.label().equals(annotations.get(VERDICT)))
                .findFirst();
        try {
            Instant at = Instant.parse(annotations.getOrDefault(DRILLED_AT, ""));
            return verdict.map(
                    said -> new DrilledFailover(at, said, seconds(annotations.getOrDefault(OUTAGE_AT_MOST, ""))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(String written) {
        if (!written.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Optional.empty();
        }
        BigDecimal seconds = new BigDecimal(written);
        return seconds.compareTo(MOST_SECONDS) > 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(seconds.movePointRight(9).longValueExact()));
    }

    /** As it is written on the cluster. */
    public Map<String, String> annotations() {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(DRILLED_AT, at.toString());
        annotations.put(VERDICT, verdict.label());
        outageAtMost.ifPresent(outage -> annotations.put(
                OUTAGE_AT_MOST,
                BigDecimal.valueOf(outage.toNanos(), 9).stripTrailingZeros().toPlainString()));
        return annotations;
    }
}

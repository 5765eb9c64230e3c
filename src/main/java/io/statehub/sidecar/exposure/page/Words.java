package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.Staleness;
import io.statehub.sidecar.exposure.metrics.Unit;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Count;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Values as the page says them. Lower bounds are rounded down and upper ones up. */
final class Words {

    static final String UNKNOWN = "unknown";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final double TENTH_NANOS = 1e8;
    private static final double NANOS = 1e9;

    private Words() {}

    static String bytes(OptionalLong bytes) {
        return bytes.isPresent() && Unit.BYTES.allows((double) bytes.getAsLong())
                ? Figures.bytes(bytes.getAsLong())
                : UNKNOWN;
    }

    static String bounds(Bounds bounds) {
        return between(bounds.lower(), bounds.upper());
    }

    static String staleness(Optional<Staleness> staleness) {
        return staleness.map(age -> between(age.atLeast(), age.atMost())).orElse(UNKNOWN);
    }

    private static String between(Duration lower, Optional<Duration> upper) {
        String atLeast = tenths(Math.floor(lower.toNanos() / TENTH_NANOS));
        return upper.map(bound -> atLeast + " to " + tenths(Math.ceil(bound.toNanos() / TENTH_NANOS)) + " s")
                .orElse("at least " + atLeast + " s");
    }

    private static String tenths(double tenths) {
        return String.format(Locale.ROOT, "%.1f", tenths / 10);
    }

    /** Of a service that was tried. */
    static String outages(OutageSum sum) {
        return sum.outages() == 0 ? "none seen" : bounds(sum.bounds());
    }

    static String count(Optional<Count> count) {
        return count.map(Count::described).orElse(UNKNOWN);
    }

    /** A time of day. */
    static PageView.Time moment(Instant instant) {
        return new PageView.Time(instant.toString(), TIME.format(instant));
    }

    static PageView.Time dayAndMoment(Instant instant) {
        return new PageView.Time(instant.toString(), DAY_AND_TIME.format(instant));
    }

    /** Seconds with three digits after the point. */
    static String secondsOf(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / NANOS);
    }

    /** What an incident turned out to be, such as {@code no takeover}. */
    static String outcome(Outcome outcome) {
        return outcome == Outcome.FAILED ? "no takeover" : plain(outcome.label());
    }

    /** {@code primary_suspect} as {@code primary suspect}. */
    static String plain(String label) {
        return label.replace('_', ' ');
    }
}

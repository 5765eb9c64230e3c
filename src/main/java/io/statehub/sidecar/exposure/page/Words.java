package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.Staleness;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Count;
import io.statehub.sidecar.failover.OutageSum;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Values as the page says them. Lower bounds are rounded down and upper ones up. */
final class Words {

    static final String NOT_KNOWN = "not known";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final double TENTH_NANOS = 1e8;

    private Words() {}

    static String bytes(OptionalLong bytes) {
        return bytes.isPresent() ? Figures.bytes(bytes.getAsLong()) : NOT_KNOWN;
    }

    static String bounds(Bounds bounds) {
        return between(bounds.lower(), bounds.upper());
    }

    static String staleness(Optional<Staleness> staleness) {
        return staleness.map(age -> between(age.atLeast(), age.atMost())).orElse(NOT_KNOWN);
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
        return count.map(Count::described).orElse(NOT_KNOWN);
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String dayAndTime(Instant instant) {
        return DAY_AND_TIME.format(instant);
    }

    /** {@code primary_suspect} as {@code primary suspect}. */
    static String plain(String label) {
        return label.replace('_', ' ');
    }
}

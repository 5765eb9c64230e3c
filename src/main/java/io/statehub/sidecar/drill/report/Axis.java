package io.statehub.sidecar.drill.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round figures for the edges of a chart. */
final class Axis {

    private static final int MOST_TICKS = 10;
    private static final long[] STEPS_MILLIS = {
        100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000
    };
    private static final double[] ROUND = {1, 2, 5, 10};
    private static final int TEN = 10;
    private static final int KIB = 1024;
    private static final double MILLIS = 1000.0;
    private static final long MINUTE = 60_000;

    private Axis() {}

    /** The least round figure that is not below: 1, 2 or 5, or that many tens, hundreds and so on; 1 for nothing. */
    static double top(double most) {
        if (most <= 0) {
            return 1;
        }
        double magnitude = Math.pow(TEN, Math.floor(Math.log10(most)));
        for (double round : ROUND) {
            if (round * magnitude >= most) {
                return round * magnitude;
            }
        }
        return TEN * magnitude;
    }

    /** The same of bytes, in binary units. */
    static double topOfBytes(double most) {
        double unit = 1;
        while (most / unit > KIB) {
            unit *= KIB;
        }
        return top(most / unit) * unit;
    }

    /** Moments with the same round time between them, from 0 on: ten at most, but for whole hours. */
    static List<Duration> ticks(Duration length) {
        long step = STEPS_MILLIS[STEPS_MILLIS.length - 1];
        for (long each : STEPS_MILLIS) {
            if (length.toMillis() / each < MOST_TICKS) {
                step = each;
                break;
            }
        }
        List<Duration> ticks = new ArrayList<>();
        for (long at = 0; at <= length.toMillis(); at += step) {
            ticks.add(Duration.ofMillis(at));
        }
        return ticks;
    }

    /** As short as it can be said: {@code 0.5 s}, {@code 20 s}, {@code 2 min}. */
    static String said(Duration at) {
        long millis = at.toMillis();
        if (millis >= 2 * MINUTE && millis % MINUTE == 0) {
            return millis / MINUTE + " min";
        }
        return millis % MILLIS == 0 ? at.toSeconds() + " s" : String.format(Locale.ROOT, "%.1f s", millis / MILLIS);
    }
}

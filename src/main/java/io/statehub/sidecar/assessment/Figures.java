package io.statehub.sidecar.assessment;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them; never read back. */
public final class Figures {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final double STEP = 1024;

    private Figures() {}

    /** Three digits and a binary unit, such as {@code 48.0 MiB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        // No long reaches the 1,024 EiB for which there is no unit.
        while (Math.abs(value) >= STEP) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** Seconds with one decimal, such as {@code 28.5 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** Days and hours, or hours and minutes below a day, such as {@code 2 d 3 h} and {@code 4 h 10 min}. */
    public static String age(Duration duration) {
        return duration.toDays() > 0
                ? duration.toDays() + " d " + duration.toHoursPart() + " h"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /**
     * For how long something has lasted, in its two largest units, such as {@code 9 s}, {@code 1 min 3 s} and
     * {@code 2 d 3 h}.
     */
    public static String lasted(Duration duration) {
        Duration shown = duration.isNegative() ? Duration.ZERO : duration;
        if (shown.toHours() > 0) {
            return age(shown);
        }
        return shown.toMinutes() > 0
                ? shown.toMinutes() + " min " + shown.toSecondsPart() + " s"
                : shown.toSeconds() + " s";
    }

    /** Minutes and seconds, such as {@code 1:05}; with hours from there on. A negative duration is 0:00. */
    public static String clock(Duration elapsed) {
        Duration shown = elapsed.isNegative() ? Duration.ZERO : elapsed;
        return shown.toHours() > 0
                ? String.format(
                        Locale.ROOT, "%d:%02d:%02d", shown.toHours(), shown.toMinutesPart(), shown.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", shown.toMinutesPart(), shown.toSecondsPart());
    }
}

package io.statehub.sidecar.drill.report;

import io.statehub.sidecar.failover.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as people read them. */
public final class Words {

    /** Runs of numbers that are listed; the file for programs has all. */
    private static final int MOST_RUNS = 200;

    private static final double MILLIS = 1000.0;

    private Words() {}

    public static String of(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / MILLIS);
    }

    public static String bounds(Bounds bounds) {
        if (bounds.upper().isEmpty()) {
            return "at least " + of(bounds.lower());
        }
        if (bounds.upper().get().isZero()) {
            return "0 s";
        }
        return bounds.lower().isZero()
                ? "at most " + of(bounds.upper().get())
                : of(bounds.lower()).replace(" s", "") + " to "
                        + of(bounds.upper().get());
    }

    /** Numbers in order, runs of them together: {@code 3, 7–9}. */
    public static String numbers(List<Long> numbers) {
        if (numbers.isEmpty()) {
            return "none";
        }
        List<String> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= numbers.size(); i++) {
            if (i == numbers.size() || numbers.get(i) != numbers.get(i - 1) + 1) {
                long first = numbers.get(from);
                long last = numbers.get(i - 1);
                runs.add(first == last ? Long.toString(first) : first + "–" + last);
                from = i;
            }
        }
        String listed = String.join(", ", runs.subList(0, Math.min(MOST_RUNS, runs.size())));
        return numbers.size() + ": " + listed + (runs.size() > MOST_RUNS ? ", …" : "");
    }
}

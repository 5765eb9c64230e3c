package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.exposure.page.RecentHistory.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A small picture of the last hour, a column for each slot, newest at the right. A slot of which nothing is known has no
 * column: a gap is no zero.
 *
 * @param title what it shows
 * @param summary the same in words
 * @param path the columns as an SVG path in a box of {@link RecentHistory#SLOTS} by {@link #HEIGHT}
 * @param marks columns of what is wrong, drawn over them
 */
public record Sparkline(String title, String summary, String path, String marks) {

    /** Of the box, in its own units. */
    public static final int HEIGHT = 24;

    /** A column of 0 is still there to be seen. */
    private static final double LEAST = 1;

    /** More of them than that would be no page to take in at a glance. */
    static final int MOST_STANDBYS = 6;

    /** Of the first standbys, in the order of their names. {@code bound} is the allowed lag in bytes. */
    static List<Sparkline> lags(List<Slot> slots, long newest, long bound) {
        Map<String, Map<Long, OptionalLong>> byMember = new TreeMap<>();
        slots.forEach(slot -> slot.worstLag()
                .forEach((member, lag) -> byMember.computeIfAbsent(member, ignored -> new TreeMap<>())
                        .put(slot.number(), lag)));
        List<Sparkline> lines = new ArrayList<>();
        byMember.entrySet().stream()
                .limit(MOST_STANDBYS)
                .forEach(member -> lines.add(lag(member.getKey(), member.getValue(), newest, bound)));
        return lines;
    }

    private static Sparkline lag(String member, Map<Long, OptionalLong> lags, long newest, long bound) {
        long worst =
                lags.values().stream().flatMapToLong(OptionalLong::stream).max().orElse(0);
        double full = Math.max(worst, bound);
        StringBuilder within = new StringBuilder();
        StringBuilder beyond = new StringBuilder();
        lags.forEach((slot, lag) -> {
            if (lag.isPresent()) {
                column(slot, newest, lag.getAsLong() / full, lag.getAsLong() > bound ? beyond : within);
            }
        });
        boolean everKnown = lags.values().stream().anyMatch(OptionalLong::isPresent);
        String summary = everKnown
                ? "worst " + Figures.bytes(worst) + ", allowed " + Figures.bytes(bound)
                : "never known in this hour";
        return new Sparkline("Lag of " + member, summary, within.toString(), beyond.toString());
    }

    /** Heartbeats by outcome; a column is as high as the share that was acknowledged. */
    static Sparkline heartbeats(List<Slot> slots, long newest) {
        StringBuilder good = new StringBuilder();
        StringBuilder bad = new StringBuilder();
        long acked = 0;
        long failed = 0;
        long ambiguous = 0;
        for (Slot slot : slots) {
            long all = slot.acked() + slot.failed() + slot.ambiguous();
            if (all > 0) {
                column(slot.number(), newest, (double) slot.acked() / all, slot.acked() == all ? good : bad);
            }
            acked += slot.acked();
            failed += slot.failed();
            ambiguous += slot.ambiguous();
        }
        String summary = acked + failed + ambiguous == 0
                ? "none written by this sidecar"
                : "%d acknowledged, %d failed, %d ambiguous".formatted(acked, failed, ambiguous);
        return new Sparkline("Heartbeats", summary, good.toString(), bad.toString());
    }

    private static void column(long slot, long newest, double share, StringBuilder path) {
        long x = RecentHistory.SLOTS - 1 - (newest - slot);
        if (x >= 0 && x < RecentHistory.SLOTS) {
            double height = Math.max(LEAST, share * HEIGHT);
            path.append(String.format(Locale.ROOT, "M%d %dv-%.1fh1V%dz", x, HEIGHT, height, HEIGHT));
        }
    }
}

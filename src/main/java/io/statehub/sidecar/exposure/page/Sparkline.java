package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.NaturalOrder;
import io.statehub.sidecar.exposure.page.RecentHistory.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A small picture of the last hour, or of as much of it as there is: a column for each slot, newest at the right. A
 * slot of which nothing is known has no column: a gap is no zero.
 *
 * @param title what it shows
 * @param summary the same in words, the newest figure first
 * @param width slots that it has room for
 * @param from how long ago it begins
 * @param top what its full height stands for
 * @param path the columns as an SVG path in a box of {@code width} by {@link #HEIGHT}
 * @param marks columns of what is wrong, drawn over them
 * @param bound the line of what is allowed; empty if that is above the picture
 */
public record Sparkline(
        String title, String summary, int width, String from, String top, String path, String marks, String bound) {

    /** Of the box, in its own units. */
    public static final int HEIGHT = 24;

    /** A column of 0 is still there to be seen. */
    private static final double LEAST = 1;

    /** Five minutes: a picture of one column would be none. */
    private static final int LEAST_SLOTS = 10;

    /** A bound far above everything would leave nothing else to be seen. */
    private static final int ROOM = 4;

    /** More of them than that would be no page to take in at a glance. */
    static final int MOST_STANDBYS = 3;

    /** Of the first standbys, in the order of their names. {@code bound} is the allowed lag in bytes. */
    static List<Sparkline> lags(List<Slot> slots, long newest, long bound) {
        Map<String, Map<Long, OptionalLong>> byMember = new TreeMap<>(NaturalOrder.INSTANCE);
        slots.forEach(slot -> slot.worstLag()
                .forEach((member, lag) -> byMember.computeIfAbsent(member, ignored -> new TreeMap<>())
                        .put(slot.number(), lag)));
        int width = width(slots, newest);
        List<Sparkline> lines = new ArrayList<>();
        byMember.entrySet().stream()
                .limit(MOST_STANDBYS)
                .forEach(member -> lines.add(lag(member.getKey(), member.getValue(), newest, width, bound)));
        return lines;
    }

    private static int width(List<Slot> slots, long newest) {
        long there = slots.isEmpty() ? 0 : newest - slots.get(0).number() + 1;
        return (int) Math.max(LEAST_SLOTS, Math.min(RecentHistory.SLOTS, there));
    }

    private static String from(int width) {
        return "−" + Figures.lasted(RecentHistory.SLOT.multipliedBy(width));
    }

    private static Sparkline lag(String member, Map<Long, OptionalLong> lags, long newest, int width, long bound) {
        long worst =
                lags.values().stream().flatMapToLong(OptionalLong::stream).max().orElse(0);
        // Of nothing but zeros the bound is the only scale that there is.
        boolean boundShown = worst == 0 || bound <= worst * ROOM;
        double full = boundShown ? Math.max(worst, bound) : worst;
        StringBuilder within = new StringBuilder();
        StringBuilder beyond = new StringBuilder();
        OptionalLong last = OptionalLong.empty();
        for (Map.Entry<Long, OptionalLong> slot : lags.entrySet()) {
            last = slot.getValue();
            if (last.isPresent()) {
                long bytes = last.getAsLong();
                column(slot.getKey(), newest, width, bytes / full, bytes > bound ? beyond : within);
            }
        }
        boolean everKnown = lags.values().stream().anyMatch(OptionalLong::isPresent);
        String summary = everKnown
                ? Words.bytes(last) + ", worst " + Figures.bytes(worst) + ", allowed " + Figures.bytes(bound)
                : "unknown for all of this time";
        String line = boundShown ? String.format(Locale.ROOT, "M0 %.1fh%d", HEIGHT - bound / full * HEIGHT, width) : "";
        return new Sparkline(
                "Lag of " + member,
                summary,
                width,
                from(width),
                Figures.bytes((long) full),
                within.toString(),
                beyond.toString(),
                line);
    }

    /** Heartbeats by outcome; a column is as high as the share that was acknowledged. */
    static Sparkline heartbeats(List<Slot> slots, long newest) {
        StringBuilder good = new StringBuilder();
        StringBuilder bad = new StringBuilder();
        int width = width(slots, newest);
        long acked = 0;
        long failed = 0;
        long ambiguous = 0;
        for (Slot slot : slots) {
            long all = slot.acked() + slot.failed() + slot.ambiguous();
            if (all > 0) {
                column(slot.number(), newest, width, (double) slot.acked() / all, slot.acked() == all ? good : bad);
            }
            acked += slot.acked();
            failed += slot.failed();
            ambiguous += slot.ambiguous();
        }
        String summary = acked + failed + ambiguous == 0
                ? "none written by this sidecar"
                : "%d acknowledged, %d failed, %d ambiguous".formatted(acked, failed, ambiguous);
        return new Sparkline("Heartbeats", summary, width, from(width), "100 %", good.toString(), bad.toString(), "");
    }

    private static void column(long slot, long newest, int width, double share, StringBuilder path) {
        long x = width - 1 - (newest - slot);
        if (x >= 0 && x < width) {
            double height = Math.max(LEAST, share * HEIGHT);
            path.append(String.format(Locale.ROOT, "M%d %dv-%.1fh1V%dz", x, HEIGHT, height, HEIGHT));
        }
    }
}

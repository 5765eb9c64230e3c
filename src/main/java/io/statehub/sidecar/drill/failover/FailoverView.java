package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.drill.DrillView;
import io.statehub.sidecar.drill.report.Words;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A drill at one moment, for a terminal.
 *
 * @param sinceTrigger empty before the trigger
 * @param acksPerSecond over the last second
 * @param outage how long writes have been out; zero while they work
 * @param seen what has happened since the trigger
 */
public record FailoverView(
        Duration running,
        Duration sinceTrigger,
        Duration deadline,
        String standing,
        int streaming,
        OptionalLong lagBytes,
        long acked,
        long acksPerSecond,
        long errors,
        Duration outage,
        Set<Kind> seen)
        implements DrillView {

    /** The way of a failover; each is one step of the bar. */
    private static final List<Kind> STEPS =
            List.of(Kind.PRIMARY_SUSPECT, Kind.PRIMARY_LOST, Kind.PROMOTED, Kind.ROUTED, Kind.REDUNDANT);

    public FailoverView {
        seen = Set.copyOf(seen);
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s  %s, %d standbys stream, %d acks/s, %d acked, %d errors%s",
                Words.of(running),
                standing,
                streaming,
                acksPerSecond,
                acked,
                errors,
                outage.isZero() ? "" : ", writes out for " + Words.of(outage));
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("cluster  " + standing + ", " + streaming + " standbys stream, lag "
                + (lagBytes.isPresent() ? lagBytes.getAsLong() + " B" : "not known"));
        lines.add(String.format(Locale.ROOT, "writes   %d acks/s, %d acked, %d errors", acksPerSecond, acked, errors));
        lines.add("outage   " + (outage.isZero() ? "none now" : Words.of(outage) + " and running"));
        lines.add("time     " + Words.of(running) + "; since the trigger " + Words.of(sinceTrigger) + " of "
                + Words.of(deadline));
        lines.add(bar());
        return lines;
    }

    private String bar() {
        int reached = 0;
        for (int i = 0; i < STEPS.size(); i++) {
            if (seen.contains(STEPS.get(i))) {
                reached = i + 1;
            }
        }
        StringBuilder bar = new StringBuilder("phases   [");
        for (int i = 0; i < STEPS.size(); i++) {
            bar.append(i < reached ? "####" : "----");
        }
        String next = reached < STEPS.size() ? ", next: " + STEPS.get(reached).label() : ", all seen";
        return bar.append("] ")
                .append(reached)
                .append(" of ")
                .append(STEPS.size())
                .append(next)
                .toString();
    }
}

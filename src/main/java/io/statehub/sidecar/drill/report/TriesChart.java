package io.statehub.sidecar.drill.report;

import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sampled;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.drill.report.Chart.Mark;
import io.statehub.sidecar.drill.report.Chart.Panel;
import io.statehub.sidecar.drill.report.Chart.Series;
import io.statehub.sidecar.drill.report.Chart.Span;
import io.statehub.sidecar.drill.report.Chart.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/** The picture of a ledger: throughput, errors, latency and lag over time. */
public final class TriesChart {

    private static final int MOST_STEPS = 120;

    /** Some tries fall into each, so that their rate is one. */
    private static final Duration LEAST_STEP = Duration.ofMillis(500);

    /** A sample is believed for so long: the next one comes after half of that. */
    private static final Duration BELIEVED = Duration.ofSeconds(2);

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Ledger ledger;
    private final long until;
    private final long step;
    private final Collection<Track> tracks;

    private TriesChart(Ledger ledger, Collection<Track> tracks) {
        this.ledger = ledger;
        this.until = Math.max(1, ledger.until());
        this.step = Math.max(LEAST_STEP.toNanos(), (until + MOST_STEPS - 1) / MOST_STEPS);
        this.tracks = tracks;
    }

    /**
     * The picture.
     *
     * @param main whose throughput and latency are drawn
     */
    public static Chart of(Ledger ledger, String title, Collection<Track> main, List<Span> phases, List<Mark> marks) {
        TriesChart tries = new TriesChart(ledger, main);
        List<Panel> panels = new ArrayList<>();
        panels.add(new Panel(
                "answers a second",
                Unit.COUNT,
                List.of(
                        tries.series("worked", false, tries.rate(true)),
                        tries.series("did not", true, tries.rate(false)))));
        panels.add(new Panel(
                "slowest answer", Unit.MILLISECONDS, List.of(tries.series("latency", false, tries.slowest()))));
        if (!ledger.all(Sampled.class).isEmpty()) {
            panels.add(new Panel(
                    "log left to replay on the slowest standby",
                    Unit.BYTES,
                    List.of(tries.series("lag", false, tries.lag()))));
        }
        return new Chart(title, Duration.ofNanos(tries.until), phases, marks, panels);
    }

    private Series series(String name, boolean fault, List<OptionalDouble> points) {
        return new Series(name, fault, Duration.ofNanos(step), points);
    }

    private List<OptionalDouble> rate(boolean worked) {
        List<OptionalDouble> counts =
                steps(true, tried -> (tried.outcome() == TryOutcome.OK) == worked ? 1 : 0, Double::sum);
        for (int i = 0; i < counts.size(); i++) {
            // The last one may be short.
            double seconds = (Math.min(until, (i + 1) * step) - i * step) / NANOS_PER_SECOND;
            counts.set(i, OptionalDouble.of(counts.get(i).orElse(0) / seconds));
        }
        return counts;
    }

    private List<OptionalDouble> slowest() {
        return steps(false, tried -> (tried.at() - tried.begun()) / NANOS_PER_MILLI, Math::max);
    }

    private List<OptionalDouble> steps(boolean zero, ToDoubleFunction<Tried> figure, DoubleBinaryOperator joined) {
        List<OptionalDouble> points = empty(zero);
        for (Tried tried : ledger.all(Tried.class)) {
            if (tracks.contains(tried.track())) {
                put(points, tried.at(), figure.applyAsDouble(tried), joined);
            }
        }
        return points;
    }

    private List<OptionalDouble> lag() {
        List<OptionalDouble> points = empty(false);
        for (Sampled sample : ledger.all(Sampled.class)) {
            sample.lagBytes().ifPresent(bytes -> put(points, sample.at(), (double) bytes, Math::max));
        }
        int since = 0;
        for (int i = 1; i < points.size(); i++) {
            since = points.get(i).isPresent() ? 0 : since + 1;
            if (since > 0 && since * step <= BELIEVED.toNanos()) {
                points.set(i, points.get(i - 1));
            }
        }
        return points;
    }

    private List<OptionalDouble> empty(boolean zero) {
        List<OptionalDouble> points = new ArrayList<>();
        for (long at = 0; at < until; at += step) {
            points.add(zero ? OptionalDouble.of(0) : OptionalDouble.empty());
        }
        return points;
    }

    private void put(List<OptionalDouble> points, long at, double value, DoubleBinaryOperator joined) {
        int place = (int) Math.max(0, Math.min(points.size() - 1, at / step));
        OptionalDouble before = points.get(place);
        points.set(
                place,
                OptionalDouble.of(before.isPresent() ? joined.applyAsDouble(before.getAsDouble(), value) : value));
    }
}

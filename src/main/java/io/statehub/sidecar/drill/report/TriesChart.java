package io.statehub.sidecar.drill.report;

import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Outcome;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sampled;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.drill.report.Chart.Mark;
import io.statehub.sidecar.drill.report.Chart.Panel;
import io.statehub.sidecar.drill.report.Chart.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/** The picture of a ledger: throughput, errors, latency and lag over time. */
public final class TriesChart {

    private static final int BUCKETS = 120;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Ledger ledger;
    private final long until;
    private final Collection<Track> tracks;

    private TriesChart(Ledger ledger, Collection<Track> tracks) {
        this.ledger = ledger;
        this.until = Math.max(1, ledger.until());
        this.tracks = tracks;
    }

    /**
     * The picture.
     *
     * @param main whose throughput and latency are drawn
     */
    public static Chart of(Ledger ledger, String title, Collection<Track> main, List<Mark> marks) {
        TriesChart tries = new TriesChart(ledger, main);
        List<Panel> panels = new ArrayList<>();
        panels.add(new Panel(
                "answers a second",
                List.of(
                        new Series("worked", false, tries.rate(true)),
                        new Series("did not", true, tries.rate(false)))));
        panels.add(new Panel("slowest answer, ms", List.of(new Series("latency", false, tries.slowest()))));
        if (!ledger.all(Sampled.class).isEmpty()) {
            panels.add(new Panel("log left to replay, bytes", List.of(new Series("lag", false, tries.lag()))));
        }
        return new Chart(title, Duration.ofNanos(tries.until), panels, marks);
    }

    private List<OptionalDouble> rate(boolean worked) {
        double seconds = until / NANOS_PER_SECOND / BUCKETS;
        return buckets(true, tried -> (tried.outcome() == Outcome.OK) == worked ? 1 / seconds : 0, Double::sum);
    }

    private List<OptionalDouble> slowest() {
        return buckets(false, tried -> (tried.at() - tried.begun()) / NANOS_PER_MILLI, Math::max);
    }

    private List<OptionalDouble> buckets(boolean zero, ToDoubleFunction<Tried> figure, DoubleBinaryOperator joined) {
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
        return points;
    }

    private static List<OptionalDouble> empty(boolean zero) {
        List<OptionalDouble> points = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            points.add(zero ? OptionalDouble.of(0) : OptionalDouble.empty());
        }
        return points;
    }

    private void put(List<OptionalDouble> points, long at, double value, DoubleBinaryOperator joined) {
        int bucket = (int) Math.max(0, Math.min(BUCKETS - 1, at * BUCKETS / until));
        OptionalDouble before = points.get(bucket);
        points.set(
                bucket,
                OptionalDouble.of(before.isPresent() ? joined.applyAsDouble(before.getAsDouble(), value) : value));
    }
}

package io.statehub.sidecar.testing.benchmark;

import com.sun.management.ThreadMXBean;
import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Policies;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one round costs in the pure core: all members and a heartbeat through assessment and tracker. Prints one
 * Markdown table, and takes about ten seconds.
 */
public final class CoreBenchmark {

    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 20_000;
    private static final int BATCH = 100;
    private static final int[] MEMBERS = {3, 50};
    private static final double NANOS_PER_MICRO = 1000;
    private static final double KIB = 1024;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ManualClock clock = new ManualClock();
    private final List<String> names;
    private final Assessor assessor;
    private final FailoverTracker tracker = new FailoverTracker(new Objectives(Duration.ofSeconds(30), Duration.ZERO));
    private ObservationRound round;
    private Assessment assessment;
    private Tracking tracking;
    private long beats;

    CoreBenchmark(int members) {
        names = IntStream.rangeClosed(1, members)
                .mapToObj(number -> "pg-" + number)
                .toList();
        assessor = new Assessor(Policies.bounded(Duration.ofSeconds(30)));
        round = ObservationRound.none(clock.now(), names);
        assessment = assessor.begin(round);
        tracking = Tracking.begin(clock.now(), WriteLedger.empty(WriteLedger.MAX_CAPACITY));
    }

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        FiguresTable table = new FiguresTable();
        for (int members : MEMBERS) {
            new CoreBenchmark(members).run(table);
        }
        out.printf("%n%s%n", table.markdown());
    }

    /** What one round allocates, in bytes, over so many rounds. */
    long allocated(int rounds) {
        long bytes = 0;
        for (int i = 0; i < rounds; i++) {
            List<Observation> seen = observations();
            long before = threads.getCurrentThreadAllocatedBytes();
            step(seen);
            bytes += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes / rounds;
    }

    private void run(FiguresTable table) {
        for (int i = 0; i < WARM_UP; i++) {
            step(observations());
        }
        double[] micros = new double[ROUNDS / BATCH];
        long bytes = 0;
        for (int batch = 0; batch < micros.length; batch++) {
            // Made beforehand: what a probe costs is not the question.
            List<List<Observation>> rounds = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                rounds.add(observations());
            }
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long begun = System.nanoTime();
            rounds.forEach(this::step);
            micros[batch] = (System.nanoTime() - begun) / NANOS_PER_MICRO / BATCH;
            bytes += threads.getCurrentThreadAllocatedBytes() - allocated;
        }
        Arrays.sort(micros);
        String what = "one round of %d members through assessment and tracker".formatted(names.size());
        table.add(
                what + ", median / worst hundred",
                "µs",
                FiguresTable.decimals(1, micros[micros.length / 2], micros[micros.length - 1]));
        table.add(what + ", allocated", "KiB", FiguresTable.decimals(1, bytes / KIB / ROUNDS));
    }

    private List<Observation> observations() {
        clock.advance(SECOND);
        Lsn position = new Lsn((1L << 24) + ++beats * 1000);
        List<Observation> seen = new ArrayList<>();
        var primary = Observed.primary(names.get(0)).writingAt(position);
        seen.add(primary.at(clock.now()));
        for (String name : names.subList(1, names.size())) {
            seen.add(Observed.standby(name).replayed(position).at(clock.now()));
        }
        seen.add(Observed.endpointTo(primary).at(clock.now()));
        seen.add(Observed.acked(primary, beats).at(clock.now()));
        return seen;
    }

    private void step(List<Observation> seen) {
        round = round.with(seen.get(0).at(), seen);
        assessment = assessor.assess(assessment, round);
        tracking = tracker.step(tracking, seen, round, assessment).tracking();
    }
}

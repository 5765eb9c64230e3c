package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.failover.AuditedWrites;
import io.statehub.sidecar.failover.Loss;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Every write of the drill beside what the primary holds in the end. Each list has numbers of writes, in order.
 *
 * @param judged whether the primary could be asked; if not, the lists of what is there and what isn't are empty
 * @param acked how many were acknowledged
 * @param lost acknowledged, and not there
 * @param kept ambiguous, and there
 * @param gone ambiguous, and not there
 * @param unknown ambiguous, and nobody could be asked
 * @param unexpected there, though they had certainly failed or were never sent: a fault of the database or of the drill
 * @param loss what that is, as the tracker counts it
 */
record Comparison(
        boolean judged,
        long acked,
        List<Long> lost,
        List<Long> kept,
        List<Long> gone,
        List<Long> unknown,
        List<Long> unexpected,
        Loss loss) {

    Comparison {
        lost = List.copyOf(lost);
        kept = List.copyOf(kept);
        gone = List.copyOf(gone);
        unknown = List.copyOf(unknown);
        unexpected = List.copyOf(unexpected);
    }

    /** @param held the numbers that the primary holds; empty if it could not be asked */
    static Comparison of(
            List<CanaryWrite> writes, Optional<NavigableSet<Long>> held, String drill, SystemIdentifier cluster) {
        List<Long> ambiguous =
                numbers(writes.stream().filter(CanaryWrite::ambiguous).toList());
        List<Long> acked = numbers(writes.stream().filter(CanaryWrite::acked).toList());
        if (held.isEmpty()) {
            return new Comparison(
                    false, acked.size(), List.of(), List.of(), List.of(), ambiguous, List.of(), Loss.NOT_JUDGED);
        }
        NavigableSet<Long> there = held.get();
        NavigableSet<Long> unexpected = new TreeSet<>(there);
        acked.forEach(unexpected::remove);
        ambiguous.forEach(unexpected::remove);
        Loss loss = AuditedWrites.loss(
                writes.stream().map(write -> write.observation(drill, cluster)).toList(), ranges(there, drill));
        return new Comparison(
                true,
                acked.size(),
                acked.stream().filter(number -> !there.contains(number)).toList(),
                ambiguous.stream().filter(there::contains).toList(),
                ambiguous.stream().filter(number -> !there.contains(number)).toList(),
                List.of(),
                List.copyOf(unexpected),
                loss);
    }

    private static List<Long> numbers(List<CanaryWrite> writes) {
        return writes.stream().map(CanaryWrite::sequence).toList();
    }

    private static HeldBeats ranges(NavigableSet<Long> numbers, String drill) {
        List<HeldBeats.Range> ranges = new ArrayList<>();
        for (long number : numbers) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).last() == number - 1) {
                ranges.set(last, new HeldBeats.Range(drill, ranges.get(last).first(), number));
            } else {
                ranges.add(new HeldBeats.Range(drill, number, number));
            }
        }
        return new HeldBeats(ranges);
    }
}

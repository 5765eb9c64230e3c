package io.statehub.sidecar.agent;

import io.statehub.sidecar.agent.FaultCase.Part;
import io.statehub.sidecar.testing.faults.Fault;
import io.statehub.sidecar.testing.faults.FaultTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** All cases: every fault of every target alone, and with every fault of every other target. */
final class FaultCases {

    private FaultCases() {}

    /**
     * So many of them, those with one fault first; which pairs, and their order, by the seed.
     *
     * @param with the target that each of them is to have; empty for any
     */
    static List<FaultCase> some(int count, long seed, Optional<FaultTarget> with) {
        Random random = new Random(seed);
        List<FaultCase> alone = alone();
        List<FaultCase> pairs = pairs(alone);
        with.ifPresent(target -> {
            alone.removeIf(single -> !single.has(target));
            pairs.removeIf(pair -> !pair.has(target));
        });
        Collections.shuffle(alone, random);
        Collections.shuffle(pairs, random);
        // Where there is not room for all, half of each: what goes wrong in one goes wrong in pairs too.
        int ofOne = Math.min(alone.size(), count < 2 * alone.size() ? count / 2 : count);
        List<FaultCase> chosen = new ArrayList<>(alone.subList(0, ofOne));
        chosen.addAll(pairs.subList(0, Math.min(pairs.size(), count - ofOne)));
        return chosen;
    }

    static int all() {
        List<FaultCase> alone = alone();
        return alone.size() + pairs(alone).size();
    }

    private static List<FaultCase> alone() {
        List<FaultCase> alone = new ArrayList<>();
        for (FaultTarget target : FaultTarget.values()) {
            for (Fault fault : target.faults().stream().sorted().toList()) {
                boolean ofTls = fault.name().startsWith("TLS");
                alone.add(FaultCase.of(target, fault, true));
                if (!ofTls) {
                    alone.add(FaultCase.of(target, fault, false));
                }
            }
        }
        return alone;
    }

    private static List<FaultCase> pairs(List<FaultCase> alone) {
        List<FaultCase> pairs = new ArrayList<>();
        for (FaultCase first : alone) {
            for (FaultCase second : alone) {
                Part one = first.parts().get(0);
                Part other = second.parts().get(0);
                if (first.tls() == second.tls() && one.target().compareTo(other.target()) < 0) {
                    pairs.add(new FaultCase(List.of(one, other), false, first.tls()));
                    pairs.add(new FaultCase(List.of(one, other), true, first.tls()));
                }
            }
        }
        return pairs;
    }
}

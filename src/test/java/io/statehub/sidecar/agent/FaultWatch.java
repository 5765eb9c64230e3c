package io.statehub.sidecar.agent;

import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.time.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Counts the rounds of each target from a moment until something is so, and notes what was wrong on the way. */
final class FaultWatch implements SnapshotListener {

    private Moment from = new Moment(Instant.EPOCH, 0);
    private Predicate<AgentSnapshot> until = snapshot -> false;
    private final Map<String, Integer> rounds = new HashMap<>();
    private final Set<FaultCase.Expected> findings = new LinkedHashSet<>();
    private final List<String> unasked = new ArrayList<>();
    private boolean over;
    private boolean late;

    synchronized void begin(Moment moment, Predicate<AgentSnapshot> condition) {
        from = moment;
        until = condition;
        rounds.clear();
        findings.clear();
        unasked.clear();
        over = false;
        late = false;
        notifyAll();
    }

    @Override
    public synchronized void published(AgentSnapshot previous, AgentSnapshot current) {
        for (Target target : current.assessment().targets().all()) {
            target.last()
                    .filter(last -> !over && counted(target.name(), previous) != last)
                    .filter(last -> last.at().plus(last.took().negated()).isAfter(from))
                    .ifPresent(last -> rounds.merge(target.name(), 1, Integer::sum));
            if (target.last().isPresent() && !target.fresh()) {
                unasked.add(target.name());
            }
        }
        current.assessment().findings().forEach(finding -> {
            findings.add(new FaultCase.Expected(finding.kind(), finding.subject()));
            late |= finding.kind() == FindingKind.OWN_PROCESS_LATE;
        });
        late |= current.assessment().ownDelay().isPresent();
        if (!over && until.test(current)) {
            over = true;
            notifyAll();
        }
    }

    private static Object counted(String name, AgentSnapshot previous) {
        return previous.assessment().targets().all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .flatMap(Target::last)
                .<Object>map(last -> last)
                .orElse(name);
    }

    /** Until what is waited for is so; false if it is not by then. */
    synchronized boolean await(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; !over && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return over;
    }

    /** How many rounds of a target began since, until it was so. */
    synchronized int rounds(String target) {
        return rounds.getOrDefault(target, 0);
    }

    /** Everything that was found since. */
    synchronized Set<FaultCase.Expected> findings() {
        return Set.copyOf(findings);
    }

    /** Targets that were not asked any more, for which liveness fails. */
    synchronized List<String> unasked() {
        return List.copyOf(unasked);
    }

    /** Whether this process itself was too late at any time since. */
    synchronized boolean late() {
        return late;
    }
}

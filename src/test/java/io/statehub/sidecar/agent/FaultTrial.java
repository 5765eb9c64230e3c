package io.statehub.sidecar.agent;

import io.statehub.sidecar.agent.FaultCase.Expected;
import io.statehub.sidecar.agent.FaultCase.Part;
import io.statehub.sidecar.kubernetes.BoundedClients;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.testing.faults.Fault;
import io.statehub.sidecar.testing.faults.FaultTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tries one case on one sidecar, and says what was wrong. */
final class FaultTrial {

    private static final long LONGEST_MILLIS = 300_000;
    private static final long IN_TURN_MILLIS = 300;
    /** Where nothing must be found, for as long as what must not be could be. */
    private static final long HOLD_MILLIS = 2_000;
    /**
     * Three failures in a row, a round that was under way when the fault began, and one in which a held session still
     * answers from where it was.
     */
    private static final int ROUNDS_TO_FIND = 5;

    private static final int ROUNDS_TO_RECOVER = 2;

    /** A session that is held, one that is being made or hangs, and a question whether anybody is there. */
    private static final int MOST_SESSIONS = 3;

    /** For each of its two paths, one that is held or being made and one that is being ended. */
    private static final int MOST_API_CONNECTIONS = 4;

    private static final int MOST_KUBERNETES_CONNECTIONS = BoundedClients.most(FaultedSidecar.WATCHED);

    private final FaultedSidecar sidecar;
    private final FaultCase tried;
    private final List<String> wrong = new ArrayList<>();

    FaultTrial(FaultedSidecar sidecar, FaultCase tried) {
        this.sidecar = sidecar;
        this.tried = tried;
    }

    /** Nothing if all was right. */
    List<String> run() throws InterruptedException {
        FaultWatch watch = sidecar.watch();
        watch.begin(sidecar.time().now(), FaultedSidecar::isWell);
        if (!watch.await(LONGEST_MILLIS)) {
            wrong.add("not well before: " + sidecar.now());
            return wrong;
        }
        List<Expected> expected = tried.expected();
        watch.begin(sidecar.time().now(), snapshot -> has(snapshot, expected));
        fail();
        found(watch, expected);
        connections();
        watch.begin(sidecar.time().now(), FaultedSidecar::isWell);
        heal();
        recovered(watch);
        if (!sidecar.invented().isEmpty()) {
            wrong.add("recorded what never happened: " + sidecar.invented());
        }
        return wrong;
    }

    private static boolean has(AgentSnapshot snapshot, List<Expected> expected) {
        Set<Expected> found = new HashSet<>();
        snapshot.assessment().findings().forEach(finding -> found.add(new Expected(finding.kind(), finding.subject())));
        return found.containsAll(expected);
    }

    private void fail() throws InterruptedException {
        for (Part part : tried.parts()) {
            sidecar.fail(part.target(), part.fault());
            pauseInTurn();
        }
    }

    private void heal() throws InterruptedException {
        for (Part part : tried.parts()) {
            sidecar.heal(part.target());
            pauseInTurn();
        }
    }

    private void pauseInTurn() throws InterruptedException {
        if (tried.inTurn()) {
            Thread.sleep(IN_TURN_MILLIS);
        }
    }

    private void found(FaultWatch watch, List<Expected> expected) throws InterruptedException {
        if (expected.size() < tried.parts().size()) {
            Thread.sleep(HOLD_MILLIS);
        }
        if (!watch.await(LONGEST_MILLIS)) {
            wrong.add("not found %s: %s".formatted(expected, sidecar.now()));
        } else if (tried.parts().size() == 1 && expected.size() == 1 && !watch.late()) {
            int rounds = watch.rounds(tried.parts().get(0).observed());
            if (rounds > ROUNDS_TO_FIND) {
                wrong.add("found after %d rounds, not %d".formatted(rounds, ROUNDS_TO_FIND));
            }
        }
        soundMeanwhile(watch);
    }

    private void soundMeanwhile(FaultWatch watch) {
        for (Expected found : watch.findings()) {
            if (!tried.allows(found.kind(), found.subject(), watch.late())) {
                wrong.add("found as well: " + found);
            }
        }
        if (!watch.unasked().isEmpty() && !tried.has(FaultTarget.OWN_PROCESSOR) && !watch.late()) {
            wrong.add("not live: not asked any more are " + watch.unasked());
        }
    }

    private void connections() {
        Map<Integer, List<String>> all = ClientSockets.to(sidecar.ports().values());
        sidecar.ports().forEach((target, port) -> {
            List<String> open = all.getOrDefault(port, List.of());
            int most = switch (target) {
                case API -> MOST_API_CONNECTIONS;
                case KUBERNETES -> MOST_KUBERNETES_CONNECTIONS;
                default -> MOST_SESSIONS;
            };
            if (open.size() > most) {
                wrong.add("%d connections to %s, not %d: %s, last asked %s"
                        .formatted(open.size(), target, most, open, sidecar.lastAsked(target)));
            }
        });
    }

    private void recovered(FaultWatch watch) throws InterruptedException {
        if (!watch.await(LONGEST_MILLIS)) {
            wrong.add("not well again: " + sidecar.now());
            return;
        }
        if (watch.late() || tried.inTurn() || !ofServersAlone()) {
            return;
        }
        for (Part part : tried.parts()) {
            int rounds = watch.rounds(part.observed());
            if (rounds > ROUNDS_TO_RECOVER) {
                wrong.add("%s well again after %d rounds, not %d".formatted(part.target(), rounds, ROUNDS_TO_RECOVER));
            }
        }
    }

    private boolean ofServersAlone() {
        return tried.parts().stream()
                .allMatch(part -> !part.observed().isEmpty()
                        && part.fault() != Fault.FLAPPING
                        && part.target() != FaultTarget.NAME_RESOLUTION);
    }
}

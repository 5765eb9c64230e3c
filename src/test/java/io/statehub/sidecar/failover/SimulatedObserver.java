package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.SimulatedFailovers.Run;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Sighting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One observer of a simulated cluster: not all members are let through to it, in some times another subset each round;
 * names lead to other members for a while; and it is too late itself now and then.
 */
final class SimulatedObserver {

    private static final List<FailureKind> HIDING = List.of(
            FailureKind.TIMED_OUT,
            FailureKind.TIMED_OUT,
            FailureKind.REFUSED,
            FailureKind.UNREACHABLE,
            FailureKind.RESET,
            FailureKind.AUTHENTICATION);

    private final Random random;
    private final SimulatedFailovers cluster;
    private final List<String> members;
    private final List<Optional<FailureKind>> hidden = new ArrayList<>();
    private final Set<Run> seenAsPrimary = new HashSet<>();
    private boolean partial;
    private Optional<Integer> alias = Optional.empty();

    SimulatedObserver(Random random, SimulatedFailovers cluster, List<String> members) {
        this.random = random;
        this.cluster = cluster;
        this.members = members;
        members.forEach(member -> hidden.add(Optional.empty()));
    }

    /** The runs that were seen out of recovery, under their own names. */
    Set<Run> seenAsPrimary() {
        return seenAsPrimary;
    }

    /** What a round of looks brings. */
    List<Sighting> look(boolean late, Tracking known) {
        if (oneIn(150)) {
            partial = !partial;
        }
        if (oneIn(100)) {
            alias = alias.isPresent() ? Optional.empty() : Optional.of(random.nextInt(members.size()));
        }
        List<Sighting> seen = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            if (oneIn(60)) {
                hidden.set(i, hidden.get(i).isEmpty() && oneIn(2) ? Optional.of(kind()) : Optional.empty());
            }
            seen.add(blamed(look(i, known), late));
        }
        seen.add(cluster.seeEndpoint());
        return seen;
    }

    private Sighting look(int index, Tracking known) {
        if (hidden.get(index).isPresent()) {
            return cluster.hide(index, hidden.get(index).get());
        }
        if (partial && oneIn(2)) {
            return cluster.hide(index, kind());
        }
        int other = (index + 1) % members.size();
        if (alias.filter(moved -> moved == index && isKnown(other, known)).isPresent()) {
            return cluster.seeUnderName(index, other);
        }
        cluster.answersAsPrimary(index).ifPresent(seenAsPrimary::add);
        return cluster.see(index);
    }

    /** Whether the run that a member is in was met under its own name before. */
    private boolean isKnown(int index, Tracking known) {
        return cluster.identity(index)
                .flatMap((ServerIdentity run) -> known.memberOf(run))
                .filter(members.get(index)::equals)
                .isPresent();
    }

    /** What this process was too late to hear is blamed on itself; a refusal and an answer are facts. */
    static Sighting blamed(Sighting seen, boolean late) {
        return late ? at -> blamed(seen.at(at)) : seen;
    }

    private static Observation blamed(Observation seen) {
        boolean restsOnPunctuality = seen.failure()
                .map(Failure::kind)
                .filter(kind -> kind == FailureKind.TIMED_OUT || kind == FailureKind.RESET)
                .isPresent();
        return restsOnPunctuality ? seen.blaming(Observed.failure(FailureKind.OWN_DELAY)) : seen;
    }

    private FailureKind kind() {
        return HIDING.get(random.nextInt(HIDING.size()));
    }

    private boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }
}

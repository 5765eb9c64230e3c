package io.statehub.sidecar.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to a cluster, some things are never said of it. {@code -Dsimulation.seed=} repeats a run,
 * {@code -Dsimulation.failover.rounds=} makes it longer.
 */
class FailoverSimulationTest {

    private static final List<String> MEMBERS = List.of("pg-1", "pg-2", "pg-3");

    /** What is looked for among the acknowledged beats: well within what the ledger remembers. */
    private static final int RECENT = 500;

    private final long seed = Long.getLong("simulation.seed", new Random().nextLong());
    private final int rounds = Integer.getInteger("simulation.failover.rounds", 100_000);
    private final Random random = new Random(seed);
    private final SimulatedCluster cluster = new SimulatedCluster(random, MEMBERS);
    private final Chronicle chronicle = new Chronicle(
            new Objectives(Duration.ofSeconds(20), Duration.ZERO),
            MEMBERS,
            WriteLedger.empty(WriteLedger.MAX_CAPACITY));
    private final Set<String> endedIds = new HashSet<>();
    private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    private final Set<String> states = new HashSet<>();
    private Optional<String> open = Optional.empty();
    private boolean working = true;
    private long changedAt;
    private long brokeAt;
    private long outagesClosed;
    private long boundsChecked;
    private long lossesFound;

    @Test
    void whatMustNeverBeSaidIsNeverSaid() {
        System.out.println("simulation.seed=" + seed + " simulation.failover.rounds=" + rounds);
        for (int i = 0; i < rounds; i++) {
            try {
                round();
            } catch (AssertionError e) {
                throw new AssertionError("in round " + i + " of simulation.seed=" + seed, e);
            }
        }
        if (rounds >= 100_000) {
            assertThat(outcomes)
                    .as("the simulation has seen it all")
                    .contains(
                            Outcome.BLIP,
                            Outcome.RESTART,
                            Outcome.FAILOVER,
                            Outcome.REPROMOTION,
                            Outcome.FAILED,
                            Outcome.SPLIT_BRAIN);
            assertThat(states)
                    .containsExactlyInAnyOrder(
                            "unknown",
                            "stable",
                            "primary_suspect",
                            "failing_over",
                            "primary_returned",
                            "promoted",
                            "routed",
                            "split_brain");
            assertThat(boundsChecked).as("outages with both bounds").isGreaterThan(1000);
            assertThat(lossesFound).as("lost beats").isGreaterThan(100);
        }
    }

    private void round() {
        if (random.nextInt(50) == 0) {
            chronicle.wallClockJumps(Duration.ofMinutes(random.nextInt(120) - 60));
        }
        cluster.drift();
        step(millis(500), looks());
        if (random.nextInt(working ? 40 : 6) == 0) {
            chronicle.after(millis(100));
            cluster.strike();
            if (cluster.writesWork() != working) {
                working = !working;
                changedAt = chronicle.now().nanos();
                brokeAt = working ? brokeAt : changedAt;
            }
        }
        long outages = chronicle.tracking().service(Service.WRITE).outages();
        Optional<Outage> wasOpen = chronicle.tracking().service(Service.WRITE).open();
        step(millis(500), cluster.beat());
        outage(wasOpen, outages);
        losses();
    }

    private Sighting[] looks() {
        List<Sighting> seen = new ArrayList<>();
        for (int i = 0; i < MEMBERS.size(); i++) {
            seen.add(cluster.see(i));
        }
        seen.add(cluster.seeEndpoint());
        return seen.toArray(Sighting[]::new);
    }

    private void step(Duration passed, Sighting... seen) {
        int before = chronicle.ended().size();
        chronicle.after(passed, seen);
        states.add(chronicle.label());
        List<Incident> ended =
                chronicle.ended().subList(before, chronicle.ended().size());
        incidents(ended);
        neverStableWithTwoPrimaries();
    }

    /** One at a time: the open one is that of before until it has ended, and an ended one is never seen again. */
    private void incidents(List<Incident> ended) {
        for (Incident incident : ended) {
            never(!endedIds.add(incident.id() + incident.noticed().nanos()), "ended twice", incident);
            open.ifPresent(id -> never(!id.equals(incident.id()), "ended while another was open: " + id, incident));
            open = Optional.empty();
            outcomes.add(incident.ending().orElseThrow().outcome());
            bounds(incident);
        }
        Optional<String> now = chronicle.state().incident().map(Incident::id);
        open.ifPresent(id -> never(!now.equals(open), "forgotten without an end: " + id, chronicle.state()));
        open = now;
    }

    private void bounds(Incident incident) {
        for (Service service : Service.values()) {
            ordered(incident.outagesOf(service).bounds(), incident);
        }
        for (Phase phase : Phase.values()) {
            phase.bounds(incident, chronicle.now()).ifPresent(bounds -> ordered(bounds, incident));
        }
        incident.loss().seconds().ifPresent(bounds -> ordered(bounds, incident));
    }

    private static void ordered(Bounds bounds, Incident incident) {
        never(bounds.lower().isNegative(), "negative", incident);
        never(
                bounds.upper()
                        .filter(upper -> upper.compareTo(bounds.lower()) < 0)
                        .isPresent(),
                "upper below lower: " + bounds,
                incident);
    }

    private void neverStableWithTwoPrimaries() {
        long primaries = chronicle.assessment().cluster().members().stream()
                .filter(MemberView::isPrimary)
                .count();
        never(
                primaries > 1 && chronicle.state() instanceof FailoverState.Stable,
                "stable with " + primaries + " primaries",
                chronicle.state());
    }

    /** An outage closes once, when writes work again, and its bounds hold the time for which they truly did not. */
    private void outage(Optional<Outage> wasOpen, long outagesBefore) {
        Availability writes = chronicle.tracking().service(Service.WRITE);
        never(writes.open().isPresent() == working, "open while writes work, or the reverse", writes);
        never(writes.outages() - outagesBefore > (wasOpen.isPresent() ? 0 : 1), "opened twice", writes);
        if (wasOpen.isEmpty() || writes.open().isPresent()) {
            return;
        }
        outagesClosed++;
        never(outagesClosed > writes.outages(), "closed more often than opened", writes);
        Outage closed = writes.last().orElseThrow();
        if (closed.lastGood().isPresent()) {
            Duration truth = Duration.ofNanos(changedAt - brokeAt);
            Bounds bounds = closed.bounds(chronicle.now());
            never(bounds.lower().compareTo(truth) > 0, "true outage of " + truth + " is below " + bounds, closed);
            never(
                    bounds.upper().orElseThrow().compareTo(truth) < 0,
                    "true outage of " + truth + " is above " + bounds,
                    closed);
            boundsChecked++;
        }
    }

    /** While all is quiet and beats reach the leader, whatever it lacks of them was counted. */
    private void losses() {
        Tracking tracking = chronicle.tracking();
        lossesFound = tracking.tally().lostRows();
        Optional<String> leader = tracking.state().leader().map(Leader::member);
        if (tracking.state() instanceof FailoverState.Stable
                && tracking.unaudited().isEmpty()
                && leader.equals(cluster.connectedTo())
                && random.nextInt(20) == 0) {
            long missing = cluster.lostOn(leader.orElseThrow(), RECENT);
            never(missing > tracking.tally().lostRows(), missing + " beats are missing", tracking.tally());
        }
    }

    private static void never(boolean wrong, String what, Object where) {
        if (wrong) {
            throw new AssertionError(what + ": " + where);
        }
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void theSimulatedTruthIsWhatItsObserversSee() {
        SimulatedCluster sound = new SimulatedCluster(new Random(1), MEMBERS);
        assertThat(sound.writesWork()).isTrue();
        assertThat(sound.beat().at(chronicle.now()).failure()).isEmpty();
        assertThat(sound.see(1).at(chronicle.now()))
                .isEqualTo(Observed.standby("pg-2")
                        .replayed(new Lsn(1L << 24))
                        .writingAt(new Lsn(1L << 24))
                        .at(chronicle.now()));
    }
}

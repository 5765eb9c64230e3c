package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.failover.SimulatedFailovers.Run;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to a cluster, some things are never said of it. {@code -Dsimulation.seed=} repeats a run,
 * {@code -Dsimulation.failover.rounds=} makes it longer.
 */
class FailoverSimulationTest {

    /** What is looked for among the acknowledged beats: well within what the ledger remembers. */
    private static final int RECENT = 500;

    /** Of the gate: so many that everything has happened in them. */
    private static final int SAMPLE = 40_000;

    /** The sample is the same each time; another seed is another run. */
    private final long seed = Long.getLong("simulation.seed", 1);

    private final int rounds = Integer.getInteger("simulation.failover.rounds", SAMPLE);
    private final Random random = new Random(seed);
    private final SimulatedFailovers cluster = new SimulatedFailovers(random, NAMES);
    private final Chronicle chronicle = new Chronicle(
            new Objectives(Duration.ofSeconds(20), Duration.ZERO), NAMES, WriteLedger.empty(WriteLedger.MAX_CAPACITY));
    private final SimulatedObserver observer = new SimulatedObserver(random, cluster, NAMES);
    private final List<Broken> broken = new ArrayList<>();
    private final Set<String> endedIds = new HashSet<>();
    private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    private final Set<String> states = new HashSet<>();
    private final Map<String, Run> lastKnown = new HashMap<>();
    private final Map<String, Run> lastLedBefore = new HashMap<>();
    private Optional<String> open = Optional.empty();
    private Optional<Moment> ownedUntil = Optional.empty();
    private boolean working = true;
    private long outagesClosed;
    private long boundsChecked;
    private long lossesFound;
    private long splitBrainsOver;

    /** A time in which writes truly did not work; it is ongoing if it has no end. */
    private record Broken(Moment from, Optional<Moment> to) {

        Duration within(Moment begin, Moment end) {
            Moment first = Moment.latest(from, begin);
            Moment last = to.filter(it -> end.isAfter(it)).orElse(end);
            return Bounds.notNegative(last.since(first));
        }
    }

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
        if (rounds >= SAMPLE) {
            assertThat(outcomes)
                    .as("the simulation has seen it all")
                    .containsExactlyInAnyOrderElementsOf(
                            EnumSet.complementOf(EnumSet.of(Outcome.CLUSTER_CHANGE, Outcome.PLANNED_CLUSTER_CHANGE)));
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
            assertThat(boundsChecked).as("outages with both bounds").isGreaterThan(400);
            assertThat(lossesFound).as("lost beats").isGreaterThan(40);
            assertThat(splitBrainsOver)
                    .as("split brains that were seen to be over")
                    .isGreaterThan(40);
        }
    }

    private void round() {
        if (random.nextInt(50) == 0) {
            chronicle.wallClockJumps(Duration.ofMinutes(random.nextInt(120) - 60));
        }
        if (random.nextInt(400) == 0) {
            restarted();
        }
        boolean late = random.nextInt(200) == 0;
        if (late) {
            stopped();
        }
        cluster.drift();
        step(millis(500), late, observer.look(late, chronicle.tracking()));
        neverStableBesideAPrimaryThatWasSeen();
        if (random.nextInt(working ? 40 : 6) == 0) {
            chronicle.after(millis(100));
            strike();
        }
        long outages = chronicle.tracking().service(Service.WRITE).outages();
        Optional<Outage> wasOpen = chronicle.tracking().service(Service.WRITE).open();
        Sighting beat = SimulatedObserver.blamed(cluster.beat(), late);
        step(millis(500), late, List.of(beat));
        outage(wasOpen, outages, isHeard(beat));
        losses();
    }

    /** A beat that this process was too late for, or that the process' own fault kept it from hearing. */
    private boolean isHeard(Sighting beat) {
        return beat.at(chronicle.now())
                .failure()
                .filter(fault -> fault.kind().ours())
                .isEmpty();
    }

    /** The world moves on, and nobody looks. */
    private void stopped() {
        for (int i = random.nextInt(20); i >= 0; i--) {
            chronicle.stoppedFor(Duration.ofSeconds(random.nextInt(6)));
            cluster.drift();
            if (random.nextInt(4) == 0) {
                strike();
            }
        }
        chronicle.stoppedFor(millis(1));
    }

    private void strike() {
        cluster.strike();
        if (cluster.writesWork() != working) {
            working = !working;
            Moment now = chronicle.now();
            if (working) {
                Broken last = broken.remove(broken.size() - 1);
                broken.add(new Broken(last.from(), Optional.of(now)));
            } else {
                broken.add(new Broken(now, Optional.empty()));
            }
        }
    }

    /** This process is killed, and its successor continues from what was remembered. */
    private void restarted() {
        Tracking remembered = chronicle.tracking();
        Tracking.Draft handedDown = new Tracking.Draft(
                remembered.state() instanceof FailoverState.Troubled ? remembered : remembered.quiet());
        handedDown.primaries = remembered.primaries().broken();
        handedDown.services = new EnumMap<>(remembered.services());
        handedDown.services.replaceAll((service, availability) -> availability.afterMissedAttempt());
        chronicle.restartedWith(handedDown.done());
    }

    private void step(Duration passed, boolean late, List<Sighting> seen) {
        int before = chronicle.ended().size();
        Tracking known = chronicle.tracking();
        List<Sighting> brought = new ArrayList<>(seen);
        brought.add(Observed.lost(late ? Duration.ofSeconds(5) : Duration.ZERO));
        chronicle.after(passed, brought.toArray(Sighting[]::new));
        states.add(chronicle.label());
        chronicle.state().incident().ifPresent(incident -> promotion(lastKnown, incident));
        chronicle.ended().subList(before, chronicle.ended().size()).forEach(incident -> promotion(lastKnown, incident));
        known();
        incidents(chronicle.ended().subList(before, chronicle.ended().size()));
        neverStableWithTwoPrimaries();
        neverOverBeforeItIs(known);
    }

    /** Of those that were seen out of recovery at once, at most one still is when that is said to be over. */
    private void neverOverBeforeItIs(Tracking before) {
        if (!(before.state() instanceof FailoverState.SplitBrain)
                || chronicle.state() instanceof FailoverState.SplitBrain) {
            return;
        }
        Set<Run> left = new HashSet<>(cluster.primaries());
        left.retainAll(before.primaries().byMember().values().stream()
                .filter(PrimarySight::beside)
                .map(sight -> run(sight.leader()))
                .toList());
        never(left.size() > 1, "a split brain is over, and these are primaries: " + left, chronicle.state());
        splitBrainsOver++;
    }

    /** Whoever was seen out of recovery and is so still is the one that leads. */
    private void neverStableBesideAPrimaryThatWasSeen() {
        if (chronicle.state() instanceof FailoverState.Stable stable) {
            Set<Run> others = new HashSet<>(cluster.primaries());
            others.retainAll(observer.seenAsPrimary());
            others.removeIf(run -> run.member().equals(stable.leading().member()));
            never(!others.isEmpty(), "stable beside " + others, stable);
        }
    }

    private static Run run(Leader leader) {
        Duration later = Duration.between(
                Observed.primary(leader.member()).identity().postmasterStart(),
                leader.identity().postmasterStart());
        return new Run(leader.member(), (int) later.toMinutes());
    }

    /** One at a time: the open one is that of before until it has ended, and an ended one is never seen again. */
    private void incidents(List<Incident> ended) {
        for (Incident incident : ended) {
            never(!endedIds.add(incident.id() + incident.noticed().nanos()), "ended twice", incident);
            open.ifPresent(id -> never(!id.equals(incident.id()), "ended while another was open: " + id, incident));
            open = Optional.empty();
            outcomes.add(incident.ending().orElseThrow().outcome());
            bounds(incident);
            if (incident.ending().orElseThrow().outcome() == Outcome.SWITCHOVER) {
                switchedOver(incident);
            }
            Moment from = incident.begin().outagesAfter();
            ownedUntil.ifPresent(until -> never(until.isAfter(from), "two records share outages", incident));
            ownedUntil = Optional.of(incident.outagesUntil());
        }
        Optional<String> now = chronicle.state().incident().map(Incident::id);
        open.ifPresent(id -> never(!now.equals(open), "forgotten without an end: " + id, chronicle.state()));
        open = now;
    }

    /** Of the runs that led before the promotion was seen, the last that anybody could know of has ended in order. */
    private void switchedOver(Incident incident) {
        Run last = lastLedBefore.getOrDefault(incident.id(), run(incident.oldPrimary()));
        never(!cluster.isShutDownInOrder(last), "a crash called a switchover: " + last, incident);
    }

    private void promotion(Map<String, Run> lastKnown, Incident incident) {
        if (!incident.promotions().isEmpty()) {
            Run old = run(incident.oldPrimary());
            lastLedBefore.putIfAbsent(incident.id(), lastKnown.getOrDefault(old.member(), old));
        }
    }

    private void known() {
        cluster.lastLed().forEach((member, run) -> {
            if (observer.seenAsPrimary().contains(run) || cluster.hasAcked(run)) {
                lastKnown.put(member, run);
            }
        });
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
        // Two names may lead to one server.
        long primaries = chronicle.assessment().cluster().members().stream()
                .filter(MemberView::isPrimary)
                .map(member -> member.identity().orElseThrow().postmasterStart())
                .distinct()
                .count();
        never(
                primaries > 1 && chronicle.state() instanceof FailoverState.Stable,
                "stable with " + primaries + " primaries",
                chronicle.state());
    }

    /** An outage closes once, when writes work again, and its bounds hold the time for which they truly did not. */
    private void outage(Optional<Outage> wasOpen, long outagesBefore, boolean heard) {
        Availability writes = chronicle.tracking().service(Service.WRITE);
        never(heard && writes.open().isPresent() == working, "open while writes work, or the reverse", writes);
        never(writes.outages() - outagesBefore > (wasOpen.isPresent() ? 0 : 1), "opened twice", writes);
        if (wasOpen.isEmpty() || writes.open().isPresent()) {
            return;
        }
        outagesClosed++;
        never(outagesClosed > writes.outages(), "closed more often than opened", writes);
        Outage closed = writes.last().orElseThrow();
        if (closed.lastGood().isPresent()) {
            Moment from = closed.lastGood().get();
            Moment to = closed.firstGood().orElseThrow();
            Duration truth = broken.stream().map(time -> time.within(from, to)).reduce(Duration.ZERO, Duration::plus);
            Bounds bounds = closed.bounds(chronicle.now());
            never(bounds.lower().compareTo(truth) > 0, "true outage of " + truth + " is below " + bounds, closed);
            never(
                    bounds.upper().orElseThrow().compareTo(truth) < 0,
                    "true outage of " + truth + " is above " + bounds,
                    closed);
            boundsChecked++;
        }
        broken.removeIf(time -> time.to().isPresent());
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
        SimulatedFailovers sound = new SimulatedFailovers(new Random(1), NAMES);
        assertThat(sound.writesWork()).isTrue();
        assertThat(sound.beat().at(chronicle.now()).failure()).isEmpty();
        assertThat(sound.see(1).at(chronicle.now()))
                .isEqualTo(Observed.standby("pg-2")
                        .replayed(new Lsn(1L << 24))
                        .writingAt(new Lsn(1L << 24))
                        .at(chronicle.now()));
    }
}

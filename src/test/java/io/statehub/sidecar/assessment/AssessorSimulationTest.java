package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, some things are never said. {@code -Dsimulation.seed=} repeats a run, {@code -Dsimulation.rounds=}
 * makes it longer.
 */
class AssessorSimulationTest {

    /** All but that nothing was heard, which leaves what was known as it was. */
    private static final FailureKind[] KINDS = Arrays.stream(FailureKind.values())
            .filter(kind -> kind != FailureKind.OWN_DELAY)
            .toArray(FailureKind[]::new);

    private static final int FAILURES_TO_DOWN = Story.POLICY.hysteresis().failuresToDown();

    /** The sample that the gate takes is the same each time; another seed is another run. */
    private final long seed = Long.getLong("simulation.seed", 1);

    private final int rounds = Integer.getInteger("simulation.rounds", 20_000);
    private final Random random = new Random(seed);
    private final ManualClock clock = new ManualClock();
    private final Moment start = clock.now();
    private final SimulatedLogs cluster = new SimulatedLogs(random, NAMES);
    private final Map<ApiCheck, Integer> failuresInARow = new EnumMap<>(ApiCheck.class);
    private boolean apiFailing;

    @Test
    void whatMustNeverBeSaidIsNeverSaid() {
        System.out.println("simulation.seed=" + seed + " simulation.rounds=" + rounds);
        Assessor assessor = new Assessor(Story.POLICY);
        ObservationRound round = ObservationRound.none(clock.now(), NAMES);
        Assessment assessment = assessor.begin(round);
        Set<Status> replicationWas = new HashSet<>();
        Set<FindingKind> found = new HashSet<>();
        int datedExactly = 0;
        for (int i = 0; i < rounds; i++) {
            pass();
            round = round.with(clock.now(), observe());
            assessment = assessor.assess(assessment, round);
            try {
                datedExactly += check(assessment, round);
            } catch (AssertionError e) {
                throw new AssertionError("in round " + i + " of simulation.seed=" + seed, e);
            }
            replicationWas.add(assessment.status(Scope.REPLICATION));
            assessment.findings().forEach(finding -> found.add(finding.kind()));
        }
        if (rounds >= 20_000) {
            assertThat(replicationWas).as("the simulation has seen it all").containsExactlyInAnyOrder(Status.values());
            assertThat(found)
                    .contains(FindingKind.TWO_PRIMARIES, FindingKind.NO_PRIMARY, FindingKind.STANDBY_STALE)
                    .contains(FindingKind.DIVERGED_TIMELINE, FindingKind.API_DOWN, FindingKind.MEMBER_UNSEEN);
            assertThat(datedExactly).as("staleness with both bounds").isPositive();
        }
    }

    private void pass() {
        clock.advance(Duration.ofMillis(random.nextInt(200) == 0 ? 15_000 : 50 + random.nextInt(1_000)));
        if (random.nextInt(50) == 0) {
            clock.wallClockJumps(Duration.ofMinutes(random.nextInt(600) - 300));
        }
        cluster.suffer(elapsed());
    }

    private List<Observation> observe() {
        List<Observation> seen = new ArrayList<>();
        if (random.nextInt(5) > 0) {
            for (int i = 0; i < NAMES.size(); i++) {
                clock.advance(Duration.ofMillis(random.nextInt(4)));
                seen.add(cluster.see(i).at(clock.now()));
            }
            seen.add(cluster.seeEndpoint().at(clock.now()));
        }
        apiFailing = random.nextInt(20) == 0 ? !apiFailing : apiFailing;
        for (ApiCheck check : ApiCheck.values()) {
            if (random.nextInt(3) > 0) {
                boolean fails = apiFailing || random.nextInt(8) == 0;
                failuresInARow.merge(check, 1, (before, one) -> before + one);
                if (!fails) {
                    failuresInARow.put(check, 0);
                }
                seen.add(
                        (fails ? Observed.failed(check, KINDS[random.nextInt(KINDS.length)]) : Observed.answered(check))
                                .at(clock.now()));
            }
        }
        return seen;
    }

    /** Gives the number of standbys whose staleness had both bounds. */
    private int check(Assessment assessment, ObservationRound round) {
        long primaries = NAMES.stream()
                .filter(member -> role(round, member).equals(Optional.of(MemberRole.PRIMARY)))
                .count();
        if (assessment.status(Scope.REPLICATION) == Status.UP) {
            assertThat(primaries).isEqualTo(1);
            assertThat(NAMES).allMatch(member -> role(round, member).isPresent());
            assertThat(assessment.findings(Scope.REPLICATION)).isEmpty();
        }
        if (failuresInARow.values().stream().anyMatch(failures -> failures >= FAILURES_TO_DOWN)) {
            assertThat(assessment.status(Scope.API)).isNotEqualTo(Status.UP);
        }
        if (assessment.targets().api(ApiCheck.LIVENESS).status() == Status.DOWN) {
            assertThat(assessment.readiness().ready()).isFalse();
        }
        if (!assessment.readiness().ready()) {
            assertThat(assessment.readiness().reasons()).isNotEmpty();
        }
        checkFindings(assessment);
        assertThat(assessment.cluster().history().size()).isLessThanOrEqualTo(LsnHistory.CAPACITY);
        return (int) assessment.cluster().members().stream()
                .filter(member -> checkStaleness(assessment.cluster(), member))
                .count();
    }

    private static void checkFindings(Assessment assessment) {
        Set<String> about = new HashSet<>();
        for (Finding finding : assessment.findings()) {
            Status status = assessment.status(finding.kind().scope());
            never(!about.add(finding.kind() + " " + finding.subject()), "found twice", finding);
            never(finding.since().isAfter(assessment.at()), "found before it was seen", finding);
            never(status != status.or(finding.kind().impact()), "weighs nothing on its scope", finding);
            never(assessment.verdict() != assessment.verdict().or(status), "weighs nothing on the verdict", finding);
        }
    }

    /** In place of AssertJ where it would take most of the time. */
    private static void never(boolean wrong, String what, Finding finding) {
        if (wrong) {
            throw new AssertionError(what + ": " + finding);
        }
    }

    private boolean checkStaleness(ClusterView view, MemberView member) {
        Optional<Staleness> said = view.lag().staleness(member);
        if (said.isEmpty()) {
            return false;
        }
        Duration atLeast = said.get().atLeast();
        Optional<Duration> atMost = said.get().atMost();
        assertThat(atLeast).isGreaterThanOrEqualTo(Duration.ZERO);
        atMost.ifPresent(bound -> assertThat(atLeast).isLessThanOrEqualTo(bound));
        Optional<Duration> truth = cluster.trueStaleness(
                member.timeline().orElseThrow().number(),
                member.replayPosition().orElseThrow(),
                member.seenAt().orElseThrow().since(start).toNanos());
        truth.ifPresent(exact -> {
            assertThat(exact).isGreaterThanOrEqualTo(atLeast);
            atMost.ifPresent(bound -> assertThat(exact).isLessThanOrEqualTo(bound));
        });
        return truth.isPresent() && atMost.isPresent();
    }

    private static Optional<MemberRole> role(ObservationRound round, String member) {
        return round.of(new TargetId.Member(member))
                .filter(seen -> round.at().since(seen.at()).compareTo(Story.STALE_AFTER) <= 0)
                .filter(MemberObservation.Answered.class::isInstance)
                .map(seen -> ((MemberObservation.Answered) seen).state().memberRole());
    }

    private long elapsed() {
        return clock.now().since(start).toNanos();
    }
}

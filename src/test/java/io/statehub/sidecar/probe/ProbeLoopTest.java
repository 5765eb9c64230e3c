package io.statehub.sidecar.probe;

import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.primary;
import static io.statehub.sidecar.testing.Observed.standby;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ProcessObservation;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.ManualTimer;
import io.statehub.sidecar.testing.ScriptedProbe;
import io.statehub.sidecar.testing.ScriptedProbe.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No time passes but what a test lets pass. */
@Timeout(120)
class ProbeLoopTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Cadence CADENCE = new Cadence(Duration.ofMillis(500), Duration.ofMillis(400));

    private static final Duration TOLERATED = Duration.ofMillis(100);

    private final AtomicReference<Duration> lost = new AtomicReference<>(Duration.ZERO);
    private final ManualClock clock = new ManualClock();
    private final ManualTimer timer = new ManualTimer(clock);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicInteger working = new AtomicInteger();
    private final List<List<Observation>> rounds = new CopyOnWriteArrayList<>();
    private final ScriptedProbe hanging = new ScriptedProbe("pg-2", Trouble.HANGS);

    @AfterEach
    void end() {
        timer.shutdownNow();
        hanging.release();
        workers.shutdown();
    }

    @Test
    void roundIsDeliveredAsSoonAsAllHaveAnswered() {
        // when
        start(new ScriptedProbe("pg-1", primary("pg-1")), new ScriptedProbe("pg-2", standby("pg-2")));

        // then: no time has passed
        assertThat(rounds).hasSize(1);
        assertThat(rounds.get(0)).extracting(seen -> seen.target().label()).containsExactlyInAnyOrder("pg-1", "pg-2");
        assertThat(rounds.get(0)).allMatch(observation -> observation.failure().isEmpty());
    }

    @Test
    void eachRoundBringsOneObservationOfEachProbeAndAsksEachOnce() {
        // given
        ScriptedProbe sound = new ScriptedProbe("pg-1", primary("pg-1"), failed("pg-1", FailureKind.REFUSED));
        ScriptedProbe broken = new ScriptedProbe("pg-3", Trouble.BREAKS);

        // when
        start(sound, hanging, broken);
        intervals(4);

        // then
        assertThat(rounds)
                .hasSize(5)
                .allSatisfy(round -> assertThat(round)
                        .extracting(seen -> seen.target().label())
                        .containsExactlyInAnyOrder("pg-1", "pg-2", "pg-3"));
        assertThat(sound.asked()).isEqualTo(5);
        assertThat(sound.mostRunning()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BREAKS", "FALLS_APART"})
    void aFaultOfTheProbesOwnIsNoFaultOfItsTarget(Trouble trouble) {
        start(new ScriptedProbe("pg-1", trouble));
        intervals(1);

        assertThat(rounds.get(0))
                .singleElement()
                .satisfies(
                        seen -> assertThat(seen.failure().orElseThrow().kind()).isEqualTo(FailureKind.UNEXPECTED));
    }

    @Test
    void probeThatHangsTimesOutThenIsSkippedAndNotStartedAgain() {
        // when
        start(new ScriptedProbe("pg-1", primary("pg-1")), hanging);
        assertThat(rounds).as("before the deadline").isEmpty();
        intervals(3);

        // then
        assertThat(rounds).hasSize(4);
        assertThat(failure(rounds.get(0), "pg-2")).contains(FailureKind.TIMED_OUT);
        assertThat(rounds.subList(1, 4))
                .allSatisfy(round -> assertThat(failure(round, "pg-2")).contains(FailureKind.SKIPPED));
        assertThat(hanging.asked()).isEqualTo(1);
    }

    /** As when it runs for a moment at a time: it hears all others in it, while that probe needs a few such moments. */
    @Test
    void probeThatIsStillOutAfterALateRoundIsNotBlamedOnItsTarget() {
        // when
        start(new ScriptedProbe("pg-1", primary("pg-1")), hanging);
        lost.set(TOLERATED.multipliedBy(4));
        intervals(2);

        // then
        assertThat(rounds).hasSize(3);
        assertThat(failure(rounds.get(0), "pg-2")).contains(FailureKind.OWN_DELAY);
        assertThat(failure(rounds.get(1), "pg-2")).contains(FailureKind.OWN_DELAY);
        assertThat(failure(rounds.get(2), "pg-2")).as("heard for a whole round").contains(FailureKind.SKIPPED);
    }

    @Test
    void probeThatHangsCostsNoOtherItsAnswerAndItsRoundNoMoreThanTheDeadline() {
        // when
        start(new ScriptedProbe("pg-1", primary("pg-1")), hanging);
        timer.advance(CADENCE.deadline());
        assertThat(rounds)
                .as("a probe that gives up at its deadline can still say so")
                .isEmpty();
        timer.advance(CADENCE.interval().minus(CADENCE.deadline()).minusMillis(1));

        // then
        assertThat(rounds).hasSize(1);
        assertThat(failure(rounds.get(0), "pg-1")).isEmpty();
        assertThat(failure(rounds.get(0), "pg-2")).contains(FailureKind.TIMED_OUT);
    }

    @Test
    void answerThatComesLateIsDroppedAndTheProbeIsAskedAgain() {
        // given
        start(hanging);
        intervals(2);
        assertThat(rounds)
                .hasSize(3)
                .allSatisfy(round -> assertThat(failure(round, "pg-2")).isPresent());

        // when
        hanging.release();
        settle();
        assertThat(rounds).as("nobody waits for a late answer").hasSize(3);
        intervals(1);

        // then: the next answer is one to a new question
        assertThat(failure(last(), "pg-2")).isEmpty();
        assertThat(hanging.asked()).isEqualTo(2);
        assertThat(rounds).allSatisfy(round -> assertThat(round).hasSize(1));
    }

    @Test
    void probeThatCannotRecoverIsNotReportedAnyMoreUntilItDoes() {
        // when
        start(new ScriptedProbe("pg-1", primary("pg-1")), hanging);
        intervals(70);

        // then: that it is silent is for liveness to see
        assertThat(last()).extracting(seen -> seen.target().label()).containsExactly("pg-1");
        assertThat(hanging.asked()).isEqualTo(1);

        // when
        hanging.release();
        settle();
        intervals(1);

        // then
        assertThat(last()).extracting(seen -> seen.target().label()).containsExactlyInAnyOrder("pg-1", "pg-2");
    }

    @Test
    void probeThatThrowsIsAFaultOfOursAndIsAskedAgain() {
        // when
        start(new ScriptedProbe("pg-1", Trouble.BREAKS, primary("pg-1")));
        intervals(1);

        // then
        assertThat(failure(rounds.get(0), "pg-1")).contains(FailureKind.UNEXPECTED);
        assertThat(failure(rounds.get(1), "pg-1")).isEmpty();
    }

    @Test
    void sinkThatThrowsStopsNothing() {
        // given
        AtomicInteger delivered = new AtomicInteger();

        // when
        start(
                workers,
                round -> {
                    delivered.incrementAndGet();
                    throw new IllegalStateException("the sink is full");
                },
                new ScriptedProbe("pg-1", primary("pg-1")));
        settle();
        intervals(2);

        // then
        assertThat(delivered).hasValue(3);
    }

    @Test
    void roundsNeverOverlapThoughTheSinkIsSlow() {
        // given
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);

        // when
        start(
                workers,
                round -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    awaitQuietly(go);
                    inside.decrementAndGet();
                    rounds.add(round);
                },
                new ScriptedProbe("pg-1", primary("pg-1")));
        await().atMost(DEADLINE).until(() -> inside.get() == 1);
        Thread ticking = new Thread(() -> timer.advance(CADENCE.interval().multipliedBy(4)));
        ticking.start();

        // then: the timer waits for the sink
        await().atMost(DEADLINE).until(() -> ticking.getState() == Thread.State.BLOCKED);
        assertThat(inside).hasValue(1);
        go.countDown();
        await().atMost(DEADLINE).until(() -> rounds.size() >= 3);
        assertThat(most).hasValue(1);
    }

    @Test
    void workerThatCannotBeHadOnceCostsOneRoundOnly() {
        // given
        AtomicBoolean full = new AtomicBoolean(true);
        Executor fullOnce = task -> {
            if (full.getAndSet(false)) {
                throw new RejectedExecutionException("no thread left");
            }
            workers.execute(task);
        };

        // when
        start(
                fullOnce,
                rounds::add,
                new ScriptedProbe("pg-1", primary("pg-1")),
                new ScriptedProbe("pg-2", standby("pg-2")));
        settle();
        intervals(1);

        // then
        assertThat(rounds).hasSize(2).allSatisfy(round -> assertThat(round).hasSize(2));
        assertThat(failure(rounds.get(0), "pg-1")).contains(FailureKind.UNEXPECTED);
        assertThat(failure(rounds.get(1), "pg-1")).isEmpty();
    }

    private void start(Probe... probes) {
        start(workers, rounds::add, probes);
        settle();
    }

    private void start(Executor on, Consumer<List<Observation>> sink, Probe... probes) {
        Executor counted = task -> {
            on.execute(() -> {
                try {
                    task.run();
                } finally {
                    working.decrementAndGet();
                }
            });
            working.incrementAndGet();
        };
        Punctuality punctuality = new Punctuality(lost::get, TOLERATED, clock.now());
        new ProbeLoop(
                        CADENCE,
                        () -> List.of(probes),
                        clock,
                        timer,
                        counted,
                        punctuality,
                        round -> sink.accept(ofTargets(round)))
                .start();
        timer.advance(Duration.ZERO);
    }

    /** Lets so many intervals pass, each as soon as whoever doesn't hang has answered. */
    private void intervals(int count) {
        for (int i = 0; i < count; i++) {
            timer.advance(CADENCE.interval());
            settle();
        }
    }

    /**
     * Until nobody works but who hangs; looked for often, since there are hundreds of rounds. A probe that falls apart
     * ends its thread, which is no fault of the test.
     */
    private void settle() {
        await().dontCatchUncaughtExceptions()
                .atMost(DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> working.get() == hanging.keeps());
    }

    private static List<Observation> ofTargets(List<Observation> round) {
        assertThat(round).filteredOn(ProcessObservation.class::isInstance).hasSize(1);
        return round.stream()
                .filter(observation -> !(observation instanceof ProcessObservation))
                .toList();
    }

    private List<Observation> last() {
        return rounds.get(rounds.size() - 1);
    }

    private static Optional<FailureKind> failure(List<Observation> round, String target) {
        return round.stream()
                .filter(observation -> observation.target().label().equals(target))
                .findFirst()
                .orElseThrow()
                .failure()
                .map(Failure::kind);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

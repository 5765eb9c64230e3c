package io.statehub.sidecar.probe;

import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.primary;
import static io.statehub.sidecar.testing.Observed.standby;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.testing.ScriptedProbe;
import io.statehub.sidecar.testing.ScriptedProbe.Trouble;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProbeLoopTest {

    private static final Cadence FAST = new Cadence(Duration.ofMillis(40), Duration.ofMillis(20));
    /** So long a deadline that a machine under load still meets it. */
    private static final Cadence PATIENT = new Cadence(Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newCachedThreadPool();
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
        start(PATIENT, new ScriptedProbe("pg-1", primary("pg-1")), new ScriptedProbe("pg-2", standby("pg-2")));

        // then
        await().atMost(Duration.ofSeconds(5)).until(() -> !rounds.isEmpty());
        assertThat(rounds.get(0)).extracting(Observation::target).containsExactlyInAnyOrder("pg-1", "pg-2");
        assertThat(rounds.get(0)).allMatch(observation -> observation.failure().isEmpty());
    }

    @Test
    void eachRoundBringsOneObservationOfEachProbeAndAsksEachOnce() {
        // given
        ScriptedProbe sound = new ScriptedProbe("pg-1", primary("pg-1"), failed("pg-1", FailureKind.REFUSED));
        ScriptedProbe broken = new ScriptedProbe("pg-3", Trouble.BREAKS);

        // when
        start(FAST, sound, hanging, broken);

        // then
        await().until(() -> rounds.size() >= 5);
        assertThat(rounds)
                .allSatisfy(round -> assertThat(round)
                        .extracting(Observation::target)
                        .containsExactlyInAnyOrder("pg-1", "pg-2", "pg-3"));
        assertThat(sound.asked()).isGreaterThanOrEqualTo(5);
        assertThat(sound.mostRunning()).isEqualTo(1);
    }

    @Test
    void probeThatHangsTimesOutThenIsSkippedAndNotStartedAgain() {
        // when
        start(FAST, new ScriptedProbe("pg-1", primary("pg-1")), hanging);

        // then
        await().until(() -> rounds.size() >= 4);
        assertThat(failure(rounds.get(0), "pg-2")).contains(FailureKind.TIMED_OUT);
        assertThat(List.copyOf(rounds).subList(1, 4))
                .allSatisfy(round -> assertThat(failure(round, "pg-2")).contains(FailureKind.SKIPPED));
        assertThat(hanging.asked()).isEqualTo(1);
    }

    @Test
    void probeThatHangsCostsNoOtherItsAnswer() {
        // given
        ScriptedProbe sound = new ScriptedProbe("pg-1", primary("pg-1"));

        // when
        start(new Cadence(Duration.ofMillis(500), Duration.ofMillis(400)), sound, hanging);

        // then
        await().until(() -> rounds.size() >= 3);
        assertThat(rounds)
                .allSatisfy(round -> assertThat(failure(round, "pg-1")).isEmpty());
    }

    @Test
    void answerThatComesLateIsDroppedAndTheProbeIsAskedAgain() {
        // given
        start(FAST, hanging);
        await().until(() -> rounds.size() >= 3);
        assertThat(rounds)
                .allSatisfy(round -> assertThat(failure(round, "pg-2")).isPresent());

        // when
        hanging.release();

        // then: the next answer is one that was asked for anew
        await().until(() -> failure(last(), "pg-2").isEmpty());
        assertThat(hanging.asked()).isGreaterThanOrEqualTo(2);
        assertThat(rounds).allSatisfy(round -> assertThat(round).hasSize(1));
    }

    @Test
    void probeThatThrowsIsAFaultOfOursAndIsAskedAgain() {
        // when
        start(FAST, new ScriptedProbe("pg-1", Trouble.BREAKS, primary("pg-1")));

        // then
        await().until(() -> rounds.size() >= 2 && failure(last(), "pg-1").isEmpty());
        assertThat(failure(rounds.get(0), "pg-1")).contains(FailureKind.UNEXPECTED);
    }

    @Test
    void sinkThatThrowsStopsNothing() {
        // given
        AtomicInteger delivered = new AtomicInteger();

        // when
        start(
                FAST,
                workers,
                round -> {
                    delivered.incrementAndGet();
                    throw new IllegalStateException("the sink is full");
                },
                new ScriptedProbe("pg-1", primary("pg-1")));

        // then
        await().until(() -> delivered.get() >= 3);
    }

    @Test
    void roundsNeverOverlapThoughTheSinkIsSlow() {
        // given
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);

        // when
        start(
                FAST,
                workers,
                round -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    awaitQuietly(go);
                    inside.decrementAndGet();
                    rounds.add(round);
                },
                new ScriptedProbe("pg-1", primary("pg-1")));
        await().pollDelay(FAST.interval().multipliedBy(4)).until(() -> inside.get() == 1);
        go.countDown();

        // then
        await().until(() -> rounds.size() >= 3);
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
                FAST,
                fullOnce,
                rounds::add,
                new ScriptedProbe("pg-1", primary("pg-1")),
                new ScriptedProbe("pg-2", standby("pg-2")));

        // then
        await().until(() -> !rounds.isEmpty() && failure(last(), "pg-1").isEmpty());
        assertThat(failure(rounds.get(0), "pg-1")).contains(FailureKind.UNEXPECTED);
        assertThat(rounds).allSatisfy(round -> assertThat(round).hasSize(2));
    }

    private void start(Cadence cadence, Probe... probes) {
        start(cadence, workers, rounds::add, probes);
    }

    private void start(Cadence cadence, Executor on, Consumer<List<Observation>> sink, Probe... probes) {
        new ProbeLoop(cadence, () -> List.of(probes), TimeSource.system(), timer, on, sink).start();
    }

    private List<Observation> last() {
        return rounds.get(rounds.size() - 1);
    }

    private static Optional<FailureKind> failure(List<Observation> round, String target) {
        return round.stream()
                .filter(observation -> observation.target().equals(target))
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

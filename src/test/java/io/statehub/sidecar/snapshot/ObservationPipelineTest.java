package io.statehub.sidecar.snapshot;

import static io.statehub.sidecar.testing.Observed.primary;
import static io.statehub.sidecar.testing.Observed.standby;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ObservationPipelineTest {

    private static final TargetId PG_1 = new TargetId.Member("pg-1");

    private static final Duration STALE_AFTER = Duration.ofSeconds(5);
    private static final Allowances ALLOWED = new Allowances(
            STALE_AFTER,
            1,
            STALE_AFTER,
            STALE_AFTER,
            1,
            Map.of(),
            STALE_AFTER,
            STALE_AFTER,
            STALE_AFTER,
            STALE_AFTER,
            STALE_AFTER,
            STALE_AFTER,
            STALE_AFTER);
    private static final int THREADS = 4;
    private static final int ROUNDS = 250;

    private final ManualClock clock = new ManualClock();
    private final Assessor assessor = new Assessor(Policies.bounded(STALE_AFTER));
    private final FailoverTracker tracker = new FailoverTracker(new Objectives(Duration.ofSeconds(30), Duration.ZERO));
    private final Snapshots snapshots = begin(List.of("pg-0", "pg-1", "pg-2", "pg-3"));

    @Test
    void snapshotIsStaleOnlyOnceItIsOlderThanTheBound() {
        // given
        AgentSnapshot first = snapshots.current();

        // when
        clock.advance(STALE_AFTER);

        // then
        assertThat(snapshots.age(first)).isEqualTo(STALE_AFTER);
        assertThat(snapshots.stale(first)).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(snapshots.stale(first)).isTrue();
    }

    @Test
    void wallClockThatIsSetMakesNoSnapshotStale() {
        clock.wallClockJumps(Duration.ofDays(1));
        assertThat(snapshots.stale(snapshots.current())).isFalse();
    }

    @Test
    void newRoundMakesANewSnapshotOfThisMoment() {
        // given
        AgentSnapshot first = snapshots.current();
        clock.advance(STALE_AFTER.plusSeconds(1));

        // when
        pipeline().accept(List.of(primary("pg-1").at(clock.now())));

        // then
        AgentSnapshot second = snapshots.current();
        assertThat(first.number()).isZero();
        assertThat(second.number()).isEqualTo(1);
        assertThat(second.at()).isEqualTo(clock.now());
        assertThat(second.round().of(PG_1)).isPresent();
        assertThat(second.assessment().at()).isEqualTo(clock.now());
        assertThat(snapshots.stale(second)).isFalse();
        assertThat(first.round().of(PG_1)).as("the first is not touched").isEmpty();
    }

    @Test
    void laterRoundKeepsWhatItDidNotAsk() {
        ObservationPipeline pipeline = pipeline();
        pipeline.accept(List.of(primary("pg-1").at(clock.now())));
        pipeline.accept(List.of(standby("pg-2").at(clock.now())));
        assertThat(snapshots.current().round().memberObservations()).containsOnlyKeys("pg-1", "pg-2");
    }

    @Test
    void listenersAreToldInTheirOrderOnceTheSnapshotCanBeRead() {
        // given
        List<String> told = new ArrayList<>();
        ObservationPipeline pipeline = pipeline(
                (previous, current) -> told.add("first " + previous.number() + " " + current.number()),
                (previous, current) -> told.add("second " + snapshots.current().equals(current)));

        // when
        pipeline.accept(List.of());
        pipeline.accept(List.of());

        // then
        assertThat(told).containsExactly("first 0 1", "second true", "first 1 2", "second true");
    }

    @Test
    @Timeout(30)
    void roundsOfSeveralLoopsAtOnceAreTakenInOneByOneAndNoneIsLost() throws Exception {
        // given
        List<Long> previous = new ArrayList<>();
        List<Long> current = new ArrayList<>();
        ObservationPipeline pipeline = pipeline((before, now) -> {
            previous.add(before.number());
            current.add(now.number());
        });
        CountDownLatch together = new CountDownLatch(THREADS);
        ExecutorService loops = Executors.newFixedThreadPool(THREADS);

        // when
        List<Future<?>> running = new ArrayList<>();
        for (int loop = 0; loop < THREADS; loop++) {
            String member = "pg-" + loop;
            running.add(loops.submit(() -> {
                together.countDown();
                together.await();
                for (int i = 0; i < ROUNDS; i++) {
                    pipeline.accept(List.of(standby(member).at(clock.now())));
                }
                return null;
            }));
        }
        for (Future<?> loop : running) {
            loop.get();
        }
        loops.shutdownNow();

        // then
        long all = (long) THREADS * ROUNDS;
        assertThat(snapshots.current().number()).isEqualTo(all);
        assertThat(previous)
                .containsExactlyElementsOf(LongStream.range(0, all).boxed().toList());
        assertThat(current)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, all).boxed().toList());
        assertThat(snapshots.current().round().memberObservations())
                .containsOnlyKeys(IntStream.range(0, THREADS)
                        .mapToObj(loop -> "pg-" + loop)
                        .toList());
    }

    private ObservationPipeline pipeline(SnapshotListener... listeners) {
        return new ObservationPipeline(assessor, tracker, clock, snapshots, List.of(listeners));
    }

    private Snapshots begin(List<String> members) {
        ObservationRound nothing = ObservationRound.none(clock.now(), members);
        Tracking tracking = Tracking.begin(nothing.at(), WriteLedger.empty(WriteLedger.MAX_CAPACITY));
        return new Snapshots(clock, ALLOWED, AgentSnapshot.first(nothing, assessor, tracking, tracker.objectives()));
    }
}

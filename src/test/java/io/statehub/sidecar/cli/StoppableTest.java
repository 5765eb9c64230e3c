package io.statehub.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a signal does to the one piece of work of this process. */
@Timeout(60)
class StoppableTest {

    private final Stoppable work = new Stoppable();
    private final AtomicInteger stops = new AtomicInteger();

    private CompletableFuture<Void> signal() {
        return CompletableFuture.runAsync(() -> {
            try {
                work.end("late");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void beforeThereIsAnythingToStopItWaitsForNothing() {
        signal().join();

        assertThat(work.spared()).isFalse();
    }

    @Test
    void whatIsUnderWayIsStoppedAndWaitedFor() {
        work.by(stops::incrementAndGet);

        CompletableFuture<Void> signal = signal();

        await().atMost(Duration.ofSeconds(50)).until(() -> stops.get() == 1);
        assertThat(signal).isNotDone();
        assertThat(work.spared()).isTrue();
        work.over();
        signal.join();
    }

    @Test
    void fromWhenItIsSparedOnItIsWaitedForAndNotStopped() {
        work.by(stops::incrementAndGet);
        assertThat(work.spared()).isFalse();

        CompletableFuture<Void> signal = signal();

        assertThat(signal).isNotDone();
        work.over();
        signal.join();
        assertThat(stops).hasValue(0);
    }

    @Test
    void whatFollowsASignalIsStoppedAtOnce() {
        work.by(() -> {});
        CompletableFuture<Void> signal = signal();
        await().atMost(Duration.ofSeconds(50)).until(work::spared);

        work.by(stops::incrementAndGet);

        assertThat(stops).hasValue(1);
        work.over();
        signal.join();
    }

    @Test
    void anInterruptOfTheCallerIsNoneOfWhatFollows() {
        work.by(() -> {});
        Thread.currentThread().interrupt();

        assertThat(work.spared()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatIsOverIsNotWaitedFor() {
        work.by(stops::incrementAndGet);
        work.over();

        signal().join();

        assertThat(stops).hasValue(0);
    }
}

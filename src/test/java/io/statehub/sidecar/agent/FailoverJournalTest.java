package io.statehub.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.headline.Headline;
import io.statehub.sidecar.journal.Incidents;
import io.statehub.sidecar.journal.Journal;
import io.statehub.sidecar.journal.file.BreakableDisk;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Members;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FailoverJournalTest {

    private static final Optional<String> ORIGIN = Optional.of("boot-1");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final BreakableDisk disk = new BreakableDisk();

    private FailoverJournal journal(Duration longestRead) {
        return new FailoverJournal(Optional.of(new Journal(directory, 1 << 20, clock, disk, ORIGIN)), longestRead);
    }

    private Tracking begin() {
        return Tracking.begin(clock.now(), WriteLedger.empty(100));
    }

    private static AgentSnapshot snapshot(Chronicle chronicle) {
        ObservationRound round = ObservationRound.none(chronicle.now(), Members.NAMES);
        Objectives objectives = new Objectives(Duration.ofSeconds(30), Duration.ZERO);
        return new AgentSnapshot(
                1,
                round,
                chronicle.assessment(),
                FailoverTracker.Step.first(chronicle.tracking()),
                Headline.of(chronicle.assessment(), chronicle.tracking(), objectives));
    }

    @Test
    void whatWasPublishedIsThereForTheSuccessor() {
        AgentSnapshot last = snapshot(Incidents.inTrouble());
        FailoverJournal journal = journal(A_MINUTE);
        journal.resumed(begin());
        journal.published(last, last);
        journal.stop(new ShutdownEvent());
        clock.advance(A_MINUTE);

        Tracking resumed = journal(A_MINUTE).resumed(begin());

        assertThat(resumed.state()).isEqualTo(last.tracking().state());
    }

    @Test
    void aDiskThatHangsHoldsUpNeitherTheStartNorARound() {
        AgentSnapshot last = snapshot(Incidents.inTrouble());
        FailoverJournal predecessor = journal(A_MINUTE);
        predecessor.resumed(begin());
        predecessor.published(last, last);
        predecessor.stop(new ShutdownEvent());
        CountDownLatch answers = new CountDownLatch(1);
        disk.beforeRead(() -> await(answers));
        FailoverJournal journal = journal(Duration.ofMillis(50));

        Tracking begun = journal.resumed(begin());
        for (int round = 0; round < 10_000; round++) {
            journal.published(last, last);
        }

        assertThat(begun).isEqualTo(begin());
        clock.advance(A_MINUTE);
        assertThat(journal.observe(clock.now())
                        .orElseThrow()
                        .failure()
                        .orElseThrow()
                        .detail())
                .startsWith("the disk has not answered for 60 s, opening ");
        answers.countDown();
        journal.stop(new ShutdownEvent());
        assertThat(directory.resolve("quarantine.jsonl"))
                .as("what was read too late")
                .isNotEmptyFile();
    }

    @Test
    void withoutADirectoryNothingIsRememberedAndNothingSaidOfIt() {
        FailoverJournal journal = new FailoverJournal(Optional.empty(), A_MINUTE);
        AgentSnapshot last = snapshot(Incidents.inTrouble());

        journal.published(last, last);

        assertThat(journal.resumed(begin())).isEqualTo(begin());
        assertThat(journal.observe(clock.now())).isEmpty();
        journal.stop(new ShutdownEvent());
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("nothing happened for a minute");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

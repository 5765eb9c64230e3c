package io.statehub.sidecar.journal;

import static io.statehub.sidecar.testing.Members.FOLLOWER;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.REJOINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.file.BreakableDisk;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a successor finds, and what is said of the disk. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class JournalTest {

    private static final long SIZE = 1 << 20;
    private static final long HOUR = Duration.ofHours(1).toNanos();

    @TempDir
    Path parent;

    private final ManualClock clock = new ManualClock();
    private final BreakableDisk disk = new BreakableDisk();

    private Path directory() {
        return parent.resolve("journal");
    }

    private Journal journal() {
        return new Journal(directory(), SIZE, clock, disk, Optional.of("boot-1"));
    }

    private Journal opened() {
        Journal journal = journal();
        journal.resume(Incidents.begin(clock.now()));
        return journal;
    }

    private Tracking resumed(Chronicle chronicle) {
        clock.advance(chronicle.now().since(clock.now()).plusSeconds(1));
        try (Journal successor = journal()) {
            return successor.resume(Incidents.begin(clock.now()));
        }
    }

    private JournalObservation seen(Journal journal) {
        return journal.observe(clock.now());
    }

    @Test
    void aSuccessorContinuesTheOpenIncidentAndRemembersThoseThatEnded() {
        Chronicle chronicle = Incidents.overWithLoss();
        Incident first = chronicle.incident();
        chronicle.rounds(3, NO_BEAT, Observed.failed("pg-2", FailureKind.REFUSED), FOLLOWER, REJOINED);
        Journal journal = opened();
        journal.note(Incidents.all(chronicle), chronicle.now());

        journal.write();

        assertThat(seen(journal)).isEqualTo(new JournalObservation(clock.now(), Optional.empty(), 0, 0, 0));
        journal.close();
        Tracking resumed = resumed(chronicle);
        assertThat(resumed.history()).containsExactly(first);
        assertThat(resumed.state().incident())
                .isPresent()
                .isEqualTo(chronicle.tracking().state().incident());
    }

    @Test
    void aLineWhoseMomentsAreOutOfOrderGoesToTheQuarantineAndCostsNoOther() throws IOException {
        Chronicle chronicle = Incidents.overWithLoss();
        Journal journal = opened();
        journal.note(Incidents.all(chronicle), chronicle.now());
        journal.write();
        journal.close();
        Path events = directory().resolve("events.jsonl");
        byte[] intact = Files.readAllBytes(events);
        String incident = new String(intact, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("\"kind\":\"incident\""))
                .findFirst()
                .orElseThrow();
        String reversed = Pattern.compile("(\"earliest\":\\[\"[^\"]*\",)(-?\\d+)")
                .matcher(Checksums.withoutChecksum(incident.getBytes(StandardCharsets.UTF_8)))
                .replaceFirst(found -> found.group(1) + (Long.parseLong(found.group(2)) + HOUR));
        byte[] damaged = Checksums.line(reversed.replaceFirst("\"id\":\"", "\"id\":\"damaged-"));
        Files.write(events, damaged, StandardOpenOption.APPEND);

        Tracking resumed = resumed(chronicle);

        assertThat(resumed.history()).containsExactly(chronicle.incident());
        assertThat(directory().resolve("quarantine.jsonl"))
                .content()
                .contains(new String(damaged, StandardCharsets.UTF_8).strip());
        assertThat(Files.readAllBytes(events)).isEqualTo(intact);
    }

    @Test
    void whatCanNotBeWrittenWaitsAndIsWrittenLater() {
        Chronicle chronicle = Incidents.overWithLoss();
        Journal journal = opened();
        disk.roomFor(0);
        journal.note(Incidents.all(chronicle), chronicle.now());
        journal.write();

        JournalObservation failing = seen(journal);
        assertThat(failing.durable()).isFalse();
        assertThat(failing.failure().map(Failure::kind)).contains(FailureKind.STORAGE);
        assertThat(failing.failure().map(Failure::detail))
                .hasValueSatisfying(
                        text -> assertThat(text).contains(directory().toString(), "no space is left on the disk"));
        assertThat(failing.errors()).isEqualTo(1);
        assertThat(failing.waiting()).isEqualTo(chronicle.events().size() + 1L);

        disk.roomFor(Long.MAX_VALUE);
        journal.write();
        assertThat(seen(journal).durable()).as("not tried again yet").isFalse();
        clock.advance(JournalHealth.RETRY);
        journal.write();
        assertThat(seen(journal)).isEqualTo(new JournalObservation(clock.now(), Optional.empty(), 1, 0, 0));
        journal.close();
        assertThat(resumed(chronicle).history()).containsExactly(chronicle.incident());
    }

    @Test
    void whatWaitsIsBoundedAndTheNewestWins() {
        Chronicle chronicle = Incidents.overWithLoss();
        Journal journal = opened();
        disk.roomFor(0);
        int steps = WaitingLines.MOST;
        for (int i = 0; i < steps; i++) {
            journal.note(Incidents.all(chronicle), chronicle.now());
        }
        journal.write();

        assertThat(seen(journal).waiting()).isEqualTo(WaitingLines.MOST);
        assertThat(seen(journal).dropped())
                .isEqualTo((long) steps * (chronicle.events().size() + 1) - WaitingLines.MOST);
        disk.roomFor(Long.MAX_VALUE);
        journal.close();
        assertThat(resumed(chronicle).history()).containsExactly(chronicle.incident());
    }

    @Test
    void aDiskThatHangsIsBlamedForWhatItWasAskedAndHoldsUpNobodyElse() throws InterruptedException {
        Chronicle chronicle = Incidents.overWithLoss();
        Journal journal = opened();
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch continues = new CountDownLatch(1);
        disk.beforeForce(() -> {
            hangs.countDown();
            await(continues);
        });
        journal.note(Incidents.all(chronicle), chronicle.now());
        Thread writer = new Thread(journal::write, "journal under test");
        writer.start();
        await(hangs);

        assertThat(seen(journal).durable()).as("not for long yet").isTrue();
        clock.advance(Duration.ofSeconds(194));
        journal.note(Incidents.all(chronicle), clock.now());
        JournalObservation hanging = seen(journal);
        assertThat(hanging.durable()).isFalse();
        assertThat(hanging.failure().map(Failure::detail))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("the disk has not answered for 194 s, forcing "));
        assertThat(hanging.errors()).isEqualTo(1);

        continues.countDown();
        writer.join();
        journal.write();
        assertThat(seen(journal)).isEqualTo(new JournalObservation(clock.now(), Optional.empty(), 1, 0, 0));
        journal.close();
    }

    @Test
    void slownessOfThisProcessIsNotTheDisks() {
        Chronicle chronicle = Incidents.overWithLoss();
        clock.advance(chronicle.now().since(clock.now()));
        Journal journal = opened();
        journal.note(Incidents.all(chronicle), chronicle.now());
        clock.advance(Duration.ofSeconds(194));

        JournalObservation late = seen(journal);

        assertThat(late.durable()).isFalse();
        assertThat(late.failure().map(Failure::kind)).isNotEqualTo(Optional.of(FailureKind.STORAGE));
        assertThat(late.failure().map(Failure::detail))
                .contains("an entry has waited for 194 s, and the disk was not asked: this process is too slow");
        journal.close();
    }

    @Test
    void aDirectoryThatIsRemovedIsMadeAgainWithAllThatIsRemembered() throws IOException {
        Chronicle chronicle = Incidents.overWithLoss();
        Journal journal = opened();
        journal.note(Incidents.all(chronicle), chronicle.now());
        journal.write();
        for (Path file : files()) {
            Files.delete(file);
        }
        Files.delete(directory());

        journal.note(Incidents.all(chronicle), chronicle.now());
        journal.write();

        assertThat(seen(journal).durable()).isTrue();
        journal.close();
        assertThat(resumed(chronicle).history()).containsExactly(chronicle.incident());
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory())) {
            return files.toList();
        }
    }

    @Test
    void aDirectoryOfAnotherProcessIsTakenOnceThatEndsAndItsCheckpointIsKept() throws IOException {
        Chronicle theirs = Incidents.inTrouble();
        Journal first = opened();
        first.note(Incidents.quiet(theirs), theirs.now());
        first.write();
        Journal second = opened();
        assertThat(seen(second).failure().map(Failure::detail))
                .hasValueSatisfying(text -> assertThat(text).contains("is locked by another process"));
        String checkpoint = Files.readString(directory().resolve("checkpoint.json"));
        disk.roomFor(0);
        first.close();
        disk.roomFor(Long.MAX_VALUE);

        clock.advance(JournalHealth.RETRY);
        second.note(Incidents.quiet(Chronicle.steady()), clock.now());
        second.write();

        assertThat(seen(second).durable()).isTrue();
        assertThat(directory().resolve("quarantine.jsonl")).hasContent(checkpoint);
        second.close();
    }

    @Test
    void whatWasReadTooLateIsKeptAndNotGoneOnFrom() throws IOException {
        Chronicle chronicle = Incidents.inTrouble();
        try (Journal predecessor = opened()) {
            predecessor.note(Incidents.quiet(chronicle), chronicle.now());
        }
        String checkpoint = Files.readString(directory().resolve("checkpoint.json"));
        Journal journal = journal();
        journal.beginWithout();
        journal.resume(Incidents.begin(clock.now()));
        journal.note(Incidents.quiet(Chronicle.steady()), clock.now());

        journal.write();

        assertThat(directory().resolve("quarantine.jsonl")).hasContent(checkpoint);
        journal.close();
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

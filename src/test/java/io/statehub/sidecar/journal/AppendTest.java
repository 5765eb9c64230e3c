package io.statehub.sidecar.journal;

import static io.statehub.sidecar.journal.Entries.SIZE;
import static io.statehub.sidecar.journal.Entries.entry;
import static io.statehub.sidecar.journal.Entries.names;
import static io.statehub.sidecar.journal.Entries.replayed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an append does, on a disk that works and on one that doesn't. */
class AppendTest {

    @TempDir
    Path directory;

    private final BreakableDisk disk = new BreakableDisk();

    private Journal open() {
        return FileJournal.open(directory, SIZE, List::of, entry -> {}, disk);
    }

    private static void durable(AppendResult result) {
        assertThat(result).isInstanceOf(AppendResult.Durable.class);
    }

    private static void fails(AppendResult result, String reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        AppendResult.NotDurable.class,
                        failure -> assertThat(failure.reason()).contains(reason));
    }

    private long bytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    @Test
    void anAppendedEntryIsCounted() {
        try (Journal journal = open()) {
            durable(journal.append(entry(1)));

            assertThat(journal.status())
                    .isEqualTo(new JournalStatus(
                            JournalStatus.State.DURABLE, Optional.empty(), 0, 1, 0, 0, Optional.of(directory)));
        }
    }

    @Test
    void rotationKeepsTheBoundAndTheNewestEntriesAndWhatIsCarriedOver() throws IOException {
        List<JsonObject> open = List.of(entry(-1), entry(-2));
        try (Journal journal = FileJournal.open(directory, SIZE, () -> open, entry -> {}, disk)) {
            for (int i = 0; i < 2000; i++) {
                durable(journal.append(entry(i, i % 300)));
                assertThat(bytes()).isLessThanOrEqualTo(SIZE);
            }
            assertThat(journal.status().errors()).isZero();
        }

        List<Integer> numbers = replayed(directory);
        assertThat(numbers).startsWith(-1, -2);
        List<Integer> appended = numbers.stream().filter(number -> number >= 0).toList();
        int first = appended.get(0);
        assertThat(appended)
                .containsExactlyElementsOf(IntStream.range(first, 2000).boxed().toList());
        assertThat(bytes()).isGreaterThan(SIZE / 2);
        assertThat(names(directory)).doesNotContain("failovers-000001.jsonl").hasSize(5);
    }

    @Test
    void carriedOverEntriesThatDoNotFitAreComplainedAbout() {
        List<JsonObject> open = List.of(entry(-1), entry(-2, 16_000));
        try (Journal journal = FileJournal.open(directory, SIZE, () -> open, entry -> {}, disk)) {
            durable(journal.append(entry(1, 1000)));
            assertThat(journal.status().errors()).isEqualTo(1);
        }
        assertThat(replayed(directory)).containsExactly(-1, 1);
    }

    @Test
    void anOwnerThatCanNotSayWhatToCarryOverLosesNothing() {
        List<Integer> calls = new ArrayList<>();
        try (Journal journal = FileJournal.open(
                directory,
                SIZE,
                () -> {
                    calls.add(1);
                    if (calls.size() == 1) {
                        throw new IllegalStateException("not now");
                    }
                    return List.of();
                },
                entry -> {},
                disk)) {
            fails(journal.append(entry(1)), "not now");
            durable(journal.append(entry(2)));
        }
        assertThat(replayed(directory)).containsExactly(1, 2);
    }

    @Test
    void onAFullDiskEntriesWaitAndAreWrittenInOrderAndOnceWhenThereIsRoom() {
        try (Journal journal = open()) {
            durable(journal.append(entry(1)));
            disk.roomFor(10);
            fails(journal.append(entry(2)), "No space left on device");
            fails(journal.append(entry(3)), directory.toString());
            assertThat(journal.status())
                    .returns(JournalStatus.State.DEGRADED, JournalStatus::state)
                    .returns(2L, JournalStatus::errors)
                    .returns(2, JournalStatus::waiting)
                    .returns(1L, JournalStatus::written);

            disk.roomFor(Long.MAX_VALUE);
            durable(journal.append(entry(4)));
            assertThat(journal.status())
                    .returns(JournalStatus.State.DURABLE, JournalStatus::state)
                    .returns(0, JournalStatus::waiting)
                    .returns(4L, JournalStatus::written)
                    .returns(0L, JournalStatus::dropped);
        }
        assertThat(replayed(directory)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aDiskThatIsFullWhenASegmentBeginsLeavesTheOldOnesAlone() throws IOException {
        try (Journal journal = open()) {
            IntStream.range(0, 3).forEach(i -> durable(journal.append(entry(i, 5000))));
            disk.roomFor(0);
            fails(journal.append(entry(3, 5000)), "No space left");
            assertThat(names(directory)).containsExactly("failovers-000001.jsonl", "failovers-000002.jsonl", "lock");
            disk.roomFor(Long.MAX_VALUE);
        }
        assertThat(replayed(directory)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whatWaitsIsBoundedAndTheNewestWin() {
        try (Journal journal = open()) {
            disk.roomFor(0);
            for (int i = 0; i < Backlog.MAX_LINES + 5; i++) {
                fails(journal.append(entry(i)), "No space left");
            }
            assertThat(journal.status().waiting()).isEqualTo(Backlog.MAX_LINES);
            assertThat(journal.status().dropped()).isEqualTo(5);
            disk.roomFor(Long.MAX_VALUE);
        }
        List<Integer> numbers = replayed(directory);
        assertThat(numbers).endsWith(Backlog.MAX_LINES + 4).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aPartialWriteThatCouldNotBeCutOffIsCutOffByTheNextAppend() throws IOException {
        try (Journal journal = open()) {
            durable(journal.append(entry(1)));
            long good = bytes();
            disk.roomFor(10);
            disk.truncateFails(true);
            fails(journal.append(entry(2)), "No space left on device");
            assertThat(bytes()).isEqualTo(good + 10);
            fails(journal.append(entry(3)), "Input/output error");

            disk.roomFor(Long.MAX_VALUE);
            disk.truncateFails(false);
            durable(journal.append(entry(4)));
        }
        assertThat(replayed(directory)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aPartialWriteBeforeACrashIsNoEntry() {
        try (Journal journal = open()) {
            durable(journal.append(entry(1)));
            disk.roomFor(10);
            disk.truncateFails(true);
            fails(journal.append(entry(2)), "No space left on device");
        }
        List<Integer> numbers = new ArrayList<>();
        assertThat(Entries.replay(directory, numbers).warnings())
                .singleElement()
                .asString()
                .contains("torn", "10 bytes");
        assertThat(numbers).containsExactly(1);
    }

    @Test
    void anEntryThatTheDiskWouldNotConfirmIsNotDurableAndNotThereTwice() {
        try (Journal journal = open()) {
            durable(journal.append(entry(1)));
            disk.forceFails(true);
            fails(journal.append(entry(2)), "Input/output error");
            disk.forceFails(false);
            durable(journal.append(entry(3)));
        }
        assertThat(replayed(directory)).containsExactly(1, 2, 3);
    }

    @Test
    void anEntryLongerThanASegmentIsRefusedAndTheNextIsNot() {
        try (Journal journal = open()) {
            fails(journal.append(entry(1, 20_000)), "allowed: 16384");
            durable(journal.append(entry(2)));
            assertThat(journal.status().dropped()).isEqualTo(1);
            assertThat(journal.status().errors()).isEqualTo(1);
        }
        assertThat(replayed(directory)).containsExactly(2);
    }

    @Test
    void anInterruptedThreadStillWritesAndStaysInterrupted() {
        try (Journal journal = open()) {
            Thread.currentThread().interrupt();
            durable(journal.append(entry(1)));
            assertThat(Thread.interrupted()).isTrue();
            durable(journal.append(entry(2)));
        }
        assertThat(replayed(directory)).containsExactly(1, 2);
    }

    @Test
    void aSegmentThatSomebodyRemovesIsFollowedByAnother() throws IOException {
        try (Journal journal = open()) {
            durable(journal.append(entry(1)));
            Files.delete(Entries.segment(directory, 1));
            durable(journal.append(entry(2)));
        }
        assertThat(replayed(directory)).containsExactly(2);
    }

    @Test
    void afterItsEndAJournalTakesNothing() {
        Journal journal = open();
        journal.close();
        journal.close();

        fails(journal.append(entry(1)), "closed");
    }

    @Test
    void withoutADirectoryNothingIsKeptAndThatIsNoError() {
        try (Journal journal = Journal.off()) {
            fails(journal.append(entry(1)), "no directory is configured");
            assertThat(journal.status()).isEqualTo(JournalStatus.OFF);
            assertThat(journal.status().durable()).isFalse();
        }
    }

    @Test
    void aJournalMustHaveRoomForFourSegments() {
        assertThatThrownBy(() -> Journal.open(directory, SIZE - 1, List::of, entry -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("65535 bytes are not allowed: it must be at least 65536");
    }
}

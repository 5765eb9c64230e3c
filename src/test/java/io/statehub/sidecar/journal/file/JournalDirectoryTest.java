package io.statehub.sidecar.journal.file;

import static io.statehub.sidecar.journal.file.Numbered.append;
import static io.statehub.sidecar.journal.file.Numbered.found;
import static io.statehub.sidecar.journal.file.Numbered.line;
import static io.statehub.sidecar.journal.file.Numbered.names;
import static io.statehub.sidecar.journal.file.Numbered.upTo;
import static io.statehub.sidecar.journal.file.Numbered.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, on a disk that works and on one that doesn't, and what is made of what is found. */
class JournalDirectoryTest {

    @TempDir
    Path directory;

    private final BreakableDisk disk = new BreakableDisk();

    private JournalDirectory open() throws IOException {
        return Numbered.open(directory, disk, new Numbered.Found());
    }

    private static void damage(Path file, int line) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(line - 1, lines.get(line - 1).replace("text", "tent"));
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    @Test
    void whatIsAppendedIsFoundAndNewestFirst() throws IOException {
        write(directory, 1, 2);
        write(directory, 3);

        assertThat(found(directory).incidents).containsExactly(1, 2, 3);
        assertThat(names(directory)).containsExactly("events.jsonl", "lock");
    }

    @Test
    void aCheckpointReplacesTheOneBefore() throws IOException {
        try (JournalDirectory journal = open()) {
            journal.checkpoint(Numbered.checkpoint(1));
            journal.checkpoint(Numbered.checkpoint(2));
        }

        assertThat(found(directory).checkpoints).containsExactly(2);
        assertThat(names(directory)).containsExactly("checkpoint.json", "lock");
    }

    @Test
    void aCheckpointThatCanNotBeWrittenLeavesTheOneBefore() throws IOException {
        try (JournalDirectory journal = open()) {
            journal.checkpoint(Numbered.checkpoint(1));
            disk.roomFor(10);
            assertThatThrownBy(() -> journal.checkpoint(Numbered.checkpoint(2))).hasMessage("No space left on device");
            disk.roomFor(Long.MAX_VALUE);
            disk.replaceFails(true);
            assertThatThrownBy(() -> journal.checkpoint(Numbered.checkpoint(3))).hasMessage("Input/output error");
        }

        assertThat(found(directory).checkpoints).containsExactly(1);
        assertThat(names(directory)).containsExactly("checkpoint.json", "lock");
    }

    @Test
    void howeverMuchIsWrittenTheBoundHoldsAndTheNewestAreKept() throws IOException {
        try (JournalDirectory journal = open()) {
            for (int i = 1; i <= 1500; i++) {
                append(journal, List.of(line(i, i % 300)));
                journal.checkpoint(Numbered.checkpoint(i));
                assertThat(Numbered.bytes(directory)).isLessThanOrEqualTo(Limits.MIN_BYTES);
            }
        }
        List<Integer> numbers = found(directory).incidents;
        assertThat(numbers).endsWith(1500).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(20);
        assertThat(numbers.get(numbers.size() - 1) - numbers.get(0)).isEqualTo(numbers.size() - 1);
    }

    @Test
    void onAFullDiskNothingHalfIsLeftAndLaterThereIsRoom() throws IOException {
        try (JournalDirectory journal = open()) {
            append(journal, 1);
            disk.roomFor(10);
            assertThatThrownBy(() -> append(journal, 2)).hasMessage("No space left on device");
            disk.roomFor(Long.MAX_VALUE);
            append(journal, 3);
        }
        assertThat(found(directory).complaints).isEmpty();
        assertThat(found(directory).incidents).containsExactly(1, 3);
    }

    @Test
    void aPartialWriteThatCouldNotBeCutOffIsCutOffByTheNext() throws IOException {
        try (JournalDirectory journal = open()) {
            append(journal, 1);
            long good = Files.size(Numbered.events(directory));
            disk.roomFor(10);
            disk.truncateFails(true);
            assertThatThrownBy(() -> append(journal, 2)).hasMessage("No space left on device");
            assertThat(Numbered.events(directory)).hasSize(good + 10);

            disk.roomFor(Long.MAX_VALUE);
            disk.truncateFails(false);
            append(journal, 3);
        }
        assertThat(found(directory).incidents).containsExactly(1, 3);
    }

    @Test
    void aLineThatTheDiskWouldNotConfirmIsNotThereTwice() throws IOException {
        try (JournalDirectory journal = open()) {
            append(journal, 1);
            disk.forceFails(true);
            assertThatThrownBy(() -> append(journal, 2)).hasMessage("Input/output error");
            disk.forceFails(false);
            append(journal, 2);
        }
        assertThat(found(directory).incidents).containsExactly(1, 2);
    }

    @Test
    void aFileThatSomebodyRemovesIsRewrittenFromWhatIsRemembered() throws IOException {
        try (JournalDirectory journal = open()) {
            append(journal, 1, 2);
            Files.delete(Numbered.events(directory));
            journal.append(List.of(line(3)), () -> List.of(line(1), line(2)));
        }
        assertThat(found(directory).incidents).containsExactly(1, 2, 3);
    }

    @Test
    void aTornLastLineIsSetAsideWithOneMessageAndOnlyOnce() throws IOException {
        write(directory, 1, 2);
        Files.writeString(Numbered.events(directory), "{\"v\":2,\"kind\":\"inc", UTF_8, StandardOpenOption.APPEND);

        Numbered.Found found = found(directory);

        assertThat(found.incidents).containsExactly(1, 2);
        assertThat(found.complaints)
                .containsExactly(Numbered.events(directory) + ": line 3 damaged or not understood, moved to "
                        + Numbered.quarantine(directory));
        write(directory, 4);
        assertThat(found(directory).complaints).isEmpty();
        assertThat(found(directory).incidents).containsExactly(1, 2, 4);
    }

    @Test
    void aDamagedLineIsQuarantinedOnceAndTheOthersAreUsed() throws IOException {
        write(directory, 1, 2, 3, 4);
        damage(Numbered.events(directory), 2);
        String damaged = Files.readAllLines(Numbered.events(directory)).get(1);

        assertThat(found(directory).incidents).containsExactly(1, 3, 4);
        assertThat(found(directory).complaints).isEmpty();
        assertThat(Files.readAllLines(Numbered.quarantine(directory))).containsExactly(damaged);
    }

    @Test
    void aLineWithTheRightChecksumThatMakesNoSenseIsQuarantinedToo() throws IOException {
        try (JournalDirectory journal = open()) {
            append(journal, 1, -2, 3);
            journal.checkpoint(Numbered.checkpoint(-1));
        }

        Numbered.Found found = found(directory);

        assertThat(found.incidents).containsExactly(1, 3);
        assertThat(found.checkpoints).isEmpty();
        assertThat(String.join("\n", found.complaints)).contains("a negative number", "line 2", "checkpoint.json");
        assertThat(Files.readAllLines(Numbered.quarantine(directory))).hasSize(2);
        assertThat(found(directory).complaints).isEmpty();
    }

    @Test
    void theQuarantineIsBounded() throws IOException {
        write(directory, 1);
        for (int i = 0; i < 5; i++) {
            Files.writeString(Numbered.events(directory), "x".repeat(5000) + "\n", UTF_8, StandardOpenOption.APPEND);
            assertThat(found(directory).incidents).containsExactly(1);
        }
        assertThat(Files.size(Numbered.quarantine(directory))).isBetween(5000L, Numbered.LIMITS.quarantineBytes());
    }

    @Test
    void anEndlessLineIsHeldToItsBound() throws IOException {
        write(directory, 1);
        Files.writeString(
                Numbered.events(directory),
                "x".repeat(3 << 20) + "\n" + new String(line(2), UTF_8),
                UTF_8,
                StandardOpenOption.APPEND);

        assertThat(found(directory).incidents).containsExactly(1, 2);
    }

    @Test
    void aRepairForWhichThereIsNoRoomChangesNothingAndWhatIsThereIsRead() throws IOException {
        write(directory, 1, 2, 3);
        damage(Numbered.events(directory), 2);
        byte[] before = Files.readAllBytes(Numbered.events(directory));
        disk.roomFor(20);

        assertThatThrownBy(this::open).hasMessage("No space left on device");

        assertThat(Numbered.events(directory)).hasBinaryContent(before);
        assertThat(Numbered.read(directory).incidents).containsExactly(1, 3);
        assertThat(found(directory).incidents).containsExactly(1, 3);
    }

    @Test
    void aNewerProgramsFilesAreReadAsFarAsKnownAndNotTouched() throws IOException {
        write(directory, 1, 2);
        String newer = "{\"v\":3,\"kind\":\"header\"}\n" + Files.readString(Numbered.events(directory));
        Files.writeString(Numbered.events(directory), newer);

        assertThatThrownBy(this::open)
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("events.jsonl has format 3, of a newer program")
                .hasMessageContaining("this one knows the formats up to 2");
        assertThat(Numbered.events(directory)).hasContent(newer);
        assertThat(Numbered.read(directory).incidents).containsExactly(1, 2);

        Files.delete(Numbered.events(directory));
        Files.writeString(Numbered.checkpointFile(directory), "{\"v\":4}");
        assertThatThrownBy(this::open).hasMessageContaining("checkpoint.json has format 4");
        assertThat(Numbered.checkpointFile(directory)).hasContent("{\"v\":4}");
    }

    @Test
    void copiesThatWereNotFinishedAreRemoved() throws IOException {
        write(directory, 1);
        Files.writeString(directory.resolve("events.jsonl.tmp"), "half");
        Files.writeString(directory.resolve("checkpoint.json.tmp"), "half");

        assertThat(found(directory).incidents).containsExactly(1);
        assertThat(names(directory)).containsExactly("events.jsonl", "lock");
    }

    @Test
    void aCheckpointThatNobodyWentOnFromIsKept() throws IOException {
        try (JournalDirectory journal = open()) {
            journal.checkpoint(Numbered.checkpoint(1));
            journal.keepCheckpoint();
            journal.checkpoint(Numbered.checkpoint(2));
        }
        assertThat(Files.readString(Numbered.quarantine(directory)))
                .isEqualTo(new String(Numbered.checkpoint(1), UTF_8));
        assertThat(found(directory).checkpoints).containsExactly(2);
    }

    @Test
    void aDirectoryMustHaveRoomForSomeIncidents() {
        assertThatThrownBy(() -> new Limits(Limits.MIN_BYTES - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("65535 bytes are not allowed: it must be at least 65536");
    }

    @Test
    void manyLinesAtOnceAreAllThere() throws IOException {
        try (JournalDirectory journal = open()) {
            append(journal, upTo(50).stream().map(Numbered::line).toList());
        }
        assertThat(found(directory).incidents).isEqualTo(upTo(50));
    }
}

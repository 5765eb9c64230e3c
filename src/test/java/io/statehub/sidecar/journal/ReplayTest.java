package io.statehub.sidecar.journal;

import static io.statehub.sidecar.journal.Entries.entry;
import static io.statehub.sidecar.journal.Entries.lines;
import static io.statehub.sidecar.journal.Entries.names;
import static io.statehub.sidecar.journal.Entries.replay;
import static io.statehub.sidecar.journal.Entries.replayed;
import static io.statehub.sidecar.journal.Entries.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    @TempDir
    Path directory;

    private Path segment() {
        return Entries.segment(directory, 1);
    }

    private void append(String text) throws IOException {
        Files.writeString(segment(), text, UTF_8, StandardOpenOption.APPEND);
    }

    private void damage(int line) throws IOException {
        List<String> lines = new ArrayList<>(lines(segment()));
        lines.set(line - 1, lines.get(line - 1).replace("text", "tent"));
        Files.writeString(segment(), String.join("\n", lines) + "\n");
    }

    @Test
    void entriesAreReplayedInTheirOrderAsTheyWereGiven() {
        List<JsonObject> bodies = new ArrayList<>();
        write(directory, 1, 2);
        write(directory, 3);

        Journal.open(directory, Entries.SIZE, List::of, bodies::add).close();

        assertThat(bodies).containsExactly(entry(1), entry(2), entry(3));
    }

    @Test
    void aTornLastLineIsCutOffWithOneWarningAndOnlyOnce() throws IOException {
        write(directory, 1, 2);
        append("{\"v\":1,\"n\":3,\"te");

        List<Integer> numbers = new ArrayList<>();
        assertThat(replay(directory, numbers).warnings())
                .containsExactly(segment() + ": line 3, the last one, is torn: its 16 bytes were cut off");
        assertThat(numbers).containsExactly(1, 2);

        write(directory, 4);
        numbers.clear();
        assertThat(replay(directory, numbers).warnings()).isEmpty();
        assertThat(numbers).containsExactly(1, 2, 4);
    }

    @Test
    void aLastLineWithItsEndAndAWrongChecksumIsTornToo() throws IOException {
        write(directory, 1, 2);
        damage(2);

        assertThat(replay(directory, new ArrayList<>()).warnings())
                .singleElement()
                .asString()
                .contains("line 2", "torn");
        assertThat(names(directory)).containsExactly("failovers-000001.jsonl", "lock");
    }

    @Test
    void aLastLineThatLacksOnlyItsEndIsKept() throws IOException {
        write(directory, 1, 2);
        String text = Files.readString(segment());
        Files.writeString(segment(), text.substring(0, text.length() - 1));

        write(directory, 3);

        assertThat(replayed(directory)).containsExactly(1, 2, 3);
    }

    @Test
    void aCorruptLineIsQuarantinedOnceAndTheOthersAreUsed() throws IOException {
        write(directory, 1, 2, 3, 4);
        damage(2);
        String damaged = lines(segment()).get(1);

        List<Integer> numbers = new ArrayList<>();
        Path quarantine = directory.resolve("quarantine-000001.jsonl");
        assertThat(replay(directory, numbers).warnings())
                .containsExactly(segment() + ": line 2 corrupt, moved to " + quarantine);
        assertThat(numbers).containsExactly(1, 3, 4);
        assertThat(lines(quarantine)).containsExactly(damaged);

        numbers.clear();
        assertThat(replay(directory, numbers).warnings()).isEmpty();
        assertThat(numbers).containsExactly(1, 3, 4);
        assertThat(lines(quarantine)).containsExactly(damaged);
        assertThat(names(directory)).containsExactly("failovers-000001.jsonl", "lock", "quarantine-000001.jsonl");
    }

    @Test
    void aLineLongerThanTheBoundIsCorruptAndTheQuarantineHasNoMoreOfItThanItMay() throws IOException {
        write(directory, 1);
        append("x".repeat(3 << 20) + "\nrubbish\n" + new String(JournalLine.encode(entry(2)), UTF_8));

        List<Integer> numbers = new ArrayList<>();
        assertThat(replay(directory, numbers).warnings())
                .singleElement()
                .asString()
                .contains("lines 2, 3 corrupt", (3 << 20) + 1 + " bytes of them were not kept");
        assertThat(numbers).containsExactly(1, 2);
        assertThat(lines(directory.resolve("quarantine-000001.jsonl"))).containsExactly("rubbish");
    }

    @Test
    void aFileOfAnotherVersionIsLeftAloneAndTheNextSegmentFollowsIt() throws IOException {
        String foreign = "{\"v\":2,\"n\":1,\"sha256\":\"00\"}\n";
        Files.writeString(segment(), foreign);

        List<Integer> numbers = new ArrayList<>();
        assertThat(replay(directory, numbers).warnings())
                .containsExactly(segment() + " has lines of version 2, left alone: this program knows version 1");
        write(directory, 5);

        assertThat(Files.readString(segment())).isEqualTo(foreign);
        assertThat(replayed(directory)).containsExactly(5);
        assertThat(lines(Entries.segment(directory, 2))).hasSize(1);
    }

    @Test
    void whatIsNoFileIsLeftAlone() throws IOException {
        Files.createDirectory(segment());

        write(directory, 1);

        assertThat(replay(directory, new ArrayList<>()).warnings())
                .containsExactly(segment() + " could not be read, left alone: it is not a regular file");
        assertThat(replayed(directory)).containsExactly(1);
    }

    @Test
    void anEntryThatItsOwnerFailsOnIsSkippedWithAWarning() {
        write(directory, 1, 2);
        List<Integer> numbers = new ArrayList<>();

        try (Journal journal = Journal.open(directory, Entries.SIZE, List::of, body -> {
            if (body.getInt("n") == 1) {
                throw new IllegalStateException("no such failover");
            }
            numbers.add(body.getInt("n"));
        })) {
            assertThat(journal.replay().warnings()).singleElement().asString().contains("line 1", "no such failover");
        }
        assertThat(numbers).containsExactly(2);
    }

    @Test
    void aCopyThatWasNotFinishedIsRemoved() throws IOException {
        write(directory, 1);
        Files.writeString(directory.resolve("failovers-000001.jsonl.tmp"), "half");

        assertThat(replayed(directory)).containsExactly(1);
        assertThat(names(directory)).containsExactly("failovers-000001.jsonl", "lock");
    }

    @Test
    void aRepairForWhichThereIsNoRoomChangesNothingAndIsDoneLater() throws IOException {
        write(directory, 1, 2, 3);
        damage(2);
        String before = Files.readString(segment());
        BreakableDisk disk = new BreakableDisk();
        disk.roomFor(20);
        List<Integer> numbers = new ArrayList<>();

        FileJournal.open(directory, Entries.SIZE, List::of, body -> numbers.add(body.getInt("n")), disk)
                .close();

        assertThat(numbers).containsExactly(1, 3);
        assertThat(Files.readString(segment())).isEqualTo(before);
        assertThat(names(directory)).containsExactly("failovers-000001.jsonl", "lock");
        assertThat(replayed(directory)).containsExactly(1, 3);
        assertThat(lines(directory.resolve("quarantine-000001.jsonl"))).hasSize(1);
    }
}

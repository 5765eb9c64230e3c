package io.statehub.sidecar.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small journal, damaged in every place: nothing is thrown, nothing is invented, nothing intact is lost. */
class RandomDamageTest {

    private static final int LINES = 6;

    @TempDir
    Path directory;

    private Path segment;
    private byte[] whole;
    /** Where each line ends, its newline included. */
    private final List<Integer> ends = new ArrayList<>();

    @BeforeEach
    void writeAJournal() throws IOException {
        segment = Entries.segment(directory, 1);
        Entries.write(directory, 1, 2, 3, 4, 5, 6);
        whole = Files.readAllBytes(segment);
        for (int at = 0; at < whole.length; at++) {
            if (whole[at] == '\n') {
                ends.add(at + 1);
            }
        }
        assertThat(ends).hasSize(LINES);
    }

    private int start(int line) {
        return line == 0 ? 0 : ends.get(line - 1);
    }

    private List<Integer> found(byte[] content) throws IOException {
        Files.deleteIfExists(FileNames.quarantine(directory, 1));
        Files.write(segment, content);
        List<Integer> numbers = Entries.replayed(directory);
        List<Integer> again = new ArrayList<>();
        List<String> warnings = Entries.replay(directory, again).warnings();
        if (warnings.stream().noneMatch(warning -> warning.contains("left alone"))) {
            assertThat(warnings).as("the second time").isEmpty();
        }
        assertThat(again).isEqualTo(numbers);
        return numbers;
    }

    @Test
    void aJournalThatEndsAnywhereHasEveryLineBeforeThat() throws IOException {
        for (int length = 0; length <= whole.length; length++) {
            int end = length;
            List<Integer> expected = new ArrayList<>();
            for (int line = 0; line < LINES; line++) {
                if (ends.get(line) - 1 <= end) {
                    expected.add(line + 1);
                }
            }
            assertThat(found(Arrays.copyOf(whole, length)))
                    .as("cut at %d", length)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aChangedByteAnywhereCostsTheLinesThatItTouches() throws IOException {
        Random random = new Random(4);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            assertThat(found(damaged)).as("byte %d", at).isEqualTo(untouched(at, at + 1));
        }
    }

    @Test
    void rubbishAnywhereCostsTheLinesThatItTouches() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(whole.length);
            int to = Math.min(whole.length, from + 1 + random.nextInt(150));
            byte[] damaged = whole.clone();
            for (int at = from; at < to; at++) {
                damaged[at] ^= (byte) (1 + random.nextInt(255));
            }
            assertThat(found(damaged)).as("seed %d, %d to %d", seed, from, to).isEqualTo(untouched(from, to));
        }
    }

    /** A line whose end is damaged swallows the next one, unless it is the last: that one needs no end. */
    private List<Integer> untouched(int from, int to) {
        List<Integer> expected = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            int firstOfConcern = line == 0 ? 0 : start(line) - 1;
            if (to <= firstOfConcern || from >= ends.get(line)) {
                expected.add(line + 1);
            }
        }
        return expected;
    }
}

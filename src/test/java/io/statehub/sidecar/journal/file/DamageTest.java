package io.statehub.sidecar.journal.file;

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
class DamageTest {

    private static final int LINES = 4;

    @TempDir
    Path directory;

    private Path events;
    private byte[] whole;
    /** Where each line ends, its newline included. */
    private final List<Integer> ends = new ArrayList<>();

    @BeforeEach
    void writeAJournal() throws IOException {
        events = Numbered.events(directory);
        Numbered.write(directory, 1, 2, 3, 4);
        whole = Files.readAllBytes(events);
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
        Files.deleteIfExists(Numbered.quarantine(directory));
        Files.write(events, content);
        List<Integer> numbers = Numbered.found(directory).incidents;
        Numbered.Found again = Numbered.found(directory);
        assertThat(again.complaints).as("the second time").isEmpty();
        assertThat(again.incidents).isEqualTo(numbers);
        return numbers;
    }

    @Test
    void aFileThatEndsAnywhereHasEveryLineBeforeThat() throws IOException {
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
        int format = 5;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            if (at != format) {
                assertThat(found(damaged)).as("byte %d", at).isEqualTo(untouched(at, at + 1));
            }
        }
    }

    @Test
    void rubbishAnywhereCostsTheLinesThatItTouches() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int from = 10 + random.nextInt(whole.length - 10);
            int to = Math.min(whole.length, from + 1 + random.nextInt(150));
            byte[] damaged = whole.clone();
            for (int at = from; at < to; at++) {
                damaged[at] ^= (byte) (1 + random.nextInt(255));
            }
            assertThat(found(damaged)).as("seed %d, %d to %d", seed, from, to).isEqualTo(untouched(from, to));
        }
    }

    @Test
    void whateverIsThereTheStartSucceedsAndWholeLinesAreKept() throws IOException {
        long seed = Long.getLong("journal.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] rubbish = new byte[1 + random.nextInt(300_000)];
            random.nextBytes(rubbish);
            rubbish[rubbish.length - 1] = '\n';
            byte[] content = Arrays.copyOf(rubbish, rubbish.length + whole.length);
            System.arraycopy(whole, 0, content, rubbish.length, whole.length);
            Files.write(Numbered.checkpointFile(directory), rubbish);

            assertThat(found(content)).as("seed %d", seed).isEqualTo(Numbered.upTo(LINES));
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

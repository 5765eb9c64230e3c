package io.statehub.sidecar.journal;

import static io.statehub.sidecar.journal.Entries.entry;
import static io.statehub.sidecar.journal.Entries.names;
import static io.statehub.sidecar.journal.Entries.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are not as they should be, on the real file system. */
class DirectoryTest {

    @TempDir
    Path parent;

    private static void isDegraded(Journal journal, String... why) {
        assertThat(journal.status().state()).isEqualTo(JournalStatus.State.DEGRADED);
        assertThat(journal.status().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains(why));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static void mount(Path directory, String options) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Machine.require(
                Files.isExecutable(Path.of("/bin/mount"))
                        && run("/bin/mount", "-t", "tmpfs", "-o", options, "none", directory.toString()),
                "this user may not mount");
    }

    private static void unmount(Path directory) throws IOException, InterruptedException {
        assertThat(run("/bin/umount", "-l", directory.toString())).isTrue();
    }

    @Test
    void aMissingDirectoryIsMadeIfItsParentExists() {
        Path directory = parent.resolve("journal");

        Entries.write(directory, 1);

        assertThat(replayed(directory)).containsExactly(1);
    }

    @Test
    void aMissingParentDegradesUntilItIsThere() throws IOException {
        Path directory = parent.resolve("missing/journal");
        try (Journal journal = Entries.open(directory)) {
            isDegraded(journal, "journal " + directory + ": " + directory.getParent() + " does not exist; it must");
            assertThat(journal.append(entry(1))).isInstanceOf(AppendResult.NotDurable.class);
            assertThat(journal.status().errors()).isEqualTo(2);

            Files.createDirectory(directory.getParent());
            assertThat(journal.append(entry(2))).isInstanceOf(AppendResult.Durable.class);
        }
        assertThat(replayed(directory)).containsExactly(1, 2);
    }

    @Test
    void aFileInItsPlaceDegradesAndIsNotTouched() throws IOException {
        Path directory = Files.writeString(parent.resolve("journal"), "a file");
        try (Journal journal = Entries.open(directory)) {
            isDegraded(journal, "journal " + directory + " is not a directory; it must be");
            assertThat(journal.append(entry(1))).isInstanceOf(AppendResult.NotDurable.class);
        }
        assertThat(directory).hasContent("a file");
    }

    @Test
    void aDirectoryThatIsRemovedIsMadeAgain() throws IOException {
        Path directory = parent.resolve("journal");
        try (Journal journal = Entries.open(directory)) {
            journal.append(entry(1));
            for (String name : names(directory)) {
                Files.delete(directory.resolve(name));
            }
            Files.delete(directory);

            assertThat(journal.append(entry(2))).isInstanceOf(AppendResult.Durable.class);
        }
        assertThat(replayed(directory)).containsExactly(2);
    }

    @Test
    void aReadOnlyDirectoryIsReplayedAndDegrades() throws IOException, InterruptedException {
        Path directory = parent.resolve("journal");
        mount(directory, "size=1m");
        try {
            Entries.write(directory, 1, 2);
            assertThat(run("/bin/mount", "-o", "remount,ro", directory.toString()))
                    .isTrue();
            List<Integer> numbers = new ArrayList<>();
            try (Journal journal =
                    Journal.open(directory, Entries.SIZE, List::of, body -> numbers.add(body.getInt("n")))) {
                isDegraded(journal, directory.toString(), "not writable");
                assertThat(numbers).containsExactly(1, 2);
                assertThat(journal.append(entry(3))).isInstanceOf(AppendResult.NotDurable.class);

                assertThat(run("/bin/mount", "-o", "remount,rw", directory.toString()))
                        .isTrue();
                assertThat(journal.append(entry(4))).isInstanceOf(AppendResult.Durable.class);
            }
            assertThat(replayed(directory)).containsExactly(1, 2, 3, 4);
        } finally {
            unmount(directory);
        }
    }

    @Test
    void aReallyFullDiskDegradesUntilThereIsRoom() throws IOException, InterruptedException {
        Path directory = parent.resolve("journal");
        mount(directory, "size=64k");
        try {
            Path ballast = directory.resolve("ballast");
            Files.write(ballast, new byte[48 << 10]);
            List<Integer> expected = new ArrayList<>();
            try (Journal journal = Entries.open(directory)) {
                int number = 0;
                AppendResult result;
                do {
                    expected.add(number);
                    result = journal.append(entry(number++, 700));
                } while (result instanceof AppendResult.Durable && number < 100);
                isDegraded(journal, "No space left on device");

                Files.delete(ballast);
                expected.add(number);
                assertThat(journal.append(entry(number, 700))).isInstanceOf(AppendResult.Durable.class);
            }
            assertThat(replayed(directory)).isEqualTo(expected);
        } finally {
            unmount(directory);
        }
    }

    @Test
    void aSecondJournalOfThisProcessIsLockedOut() {
        Path directory = parent.resolve("journal");
        Journal first = Entries.open(directory);
        try (Journal second = Entries.open(directory)) {
            isDegraded(second, directory.resolve("lock") + " is locked by another process");
            assertThat(first.append(entry(1))).isInstanceOf(AppendResult.Durable.class);
            assertThat(second.append(entry(2))).isInstanceOf(AppendResult.NotDurable.class);

            first.close();
            assertThat(second.append(entry(3))).isInstanceOf(AppendResult.Durable.class);
        }
        assertThat(replayed(directory)).containsExactly(1, 2, 3);
    }

    @Test
    void anotherProcessLocksOutAndWhatItHadConfirmedSurvivesItsKilling() throws IOException, InterruptedException {
        Path directory = parent.resolve("journal");
        Process other = ForkedJvm.start(AppendingMain.class, directory.toString());
        List<Integer> confirmed = new ArrayList<>();
        try (var lines = other.inputReader()) {
            while (confirmed.size() < 50) {
                confirmed.add(Integer.valueOf(lines.readLine()));
            }
            List<Integer> seen = new ArrayList<>();
            try (Journal journal =
                    Journal.open(directory, AppendingMain.SIZE, List::of, body -> seen.add(body.getInt("n")))) {
                isDegraded(journal, "is locked by another process");
                assertThat(seen).isEmpty();
                assertThat(journal.append(entry(-1))).isInstanceOf(AppendResult.NotDurable.class);

                // The process itself would close what it has printed and we have not read.
                other.toHandle().destroyForcibly();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    confirmed.add(Integer.valueOf(line));
                }
                other.waitFor();
                assertThat(journal.append(entry(-2))).isInstanceOf(AppendResult.Durable.class);
            }
        } finally {
            other.destroyForcibly();
        }
        List<Integer> replayed = new ArrayList<>();
        Journal.open(directory, AppendingMain.SIZE, List::of, body -> replayed.add(body.getInt("n")))
                .close();
        assertThat(replayed).startsWith(confirmed.toArray(new Integer[0])).endsWith(-1, -2);
        assertThat(replayed.size() - confirmed.size())
                .as("at most one that was not confirmed yet, and the two after it")
                .isBetween(2, 3);
    }
}

package io.statehub.sidecar.journal.file;

import static io.statehub.sidecar.journal.file.Numbered.append;
import static io.statehub.sidecar.journal.file.Numbered.found;
import static io.statehub.sidecar.journal.file.Numbered.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.journal.ForkedJvm;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.testing.Machine;
import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories and files that are not as they should be, on the real file system. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PlaceTest {

    @TempDir
    Path parent;

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static void mount(Path directory, String options) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Program.require("mount", "umount");
        Machine.require(
                run("mount", "-t", "tmpfs", "-o", options, "none", directory.toString()), "this user may not mount");
    }

    private static void unmount(Path directory) throws IOException, InterruptedException {
        assertThat(run("umount", "-l", directory.toString())).isTrue();
    }

    private static String refusal(Path directory) {
        try {
            Numbered.open(directory).close();
        } catch (IOException e) {
            return Refusal.of(e);
        }
        throw new AssertionError(directory + " was taken");
    }

    @Test
    void aMissingDirectoryIsMadeIfItsParentExists() throws IOException {
        Path directory = parent.resolve("journal");

        Numbered.write(directory, 1);

        assertThat(found(directory).incidents).containsExactly(1);
        assertThat(refusal(parent.resolve("missing/journal"))).isEqualTo(parent.resolve("missing") + " does not exist");
    }

    @Test
    void aFileInItsPlaceIsNotTouched() throws IOException {
        Path directory = Files.writeString(parent.resolve("journal"), "a file");

        assertThat(refusal(directory)).isEqualTo(directory + " is not a folder");
        assertThat(directory).hasContent("a file");
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Path directory = Files.createSymbolicLink(parent.resolve("journal"), elsewhere);

        assertThat(refusal(directory)).contains("is a symbolic link, which is not followed");
        assertThat(names(elsewhere)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "checkpoint.json", "events.jsonl"})
    void aLinkInAFilesPlaceIsNotFollowed(String name) throws IOException {
        Path directory = Files.createDirectory(parent.resolve("journal"));
        Path precious = Files.writeString(parent.resolve("precious"), "somebody else's");
        Files.createSymbolicLink(directory.resolve(name), precious);

        assertThat(refusal(directory)).contains(name + " is a symbolic link");
        assertThat(precious).hasContent("somebody else's");
        assertThat(Numbered.read(directory).incidents).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "checkpoint.json", "events.jsonl"})
    void aPipeInAFilesPlaceHangsNobody(String name) throws IOException, InterruptedException {
        Path directory = Files.createDirectory(parent.resolve("journal"));
        Program.require("mkfifo");
        assertThat(run("mkfifo", directory.resolve(name).toString())).isTrue();

        assertThat(refusal(directory)).contains(name + " is a pipe, a socket or a device");
        assertThat(Numbered.read(directory).incidents).isEmpty();
    }

    @Test
    void aPipeOrLinkThatComesWhileTheJournalIsOpenIsRefusedUntilItIsGone() throws IOException, InterruptedException {
        Path directory = parent.resolve("journal");
        try (JournalDirectory journal = Numbered.open(directory)) {
            append(journal, 1);
            Path events = Numbered.events(directory);
            Files.delete(events);
            Path precious = Files.writeString(parent.resolve("precious"), "somebody else's");
            Files.createSymbolicLink(events, precious);
            assertThatThrownBy(() -> append(journal, 2)).hasMessageContaining("events.jsonl is a symbolic link");
            Files.createSymbolicLink(Numbered.checkpointFile(directory), precious);
            assertThatThrownBy(() -> journal.checkpoint(Numbered.checkpoint(1)))
                    .hasMessageContaining("checkpoint.json is a symbolic link");
            assertThat(precious).hasContent("somebody else's");

            Files.delete(events);
            append(journal, 3);
        }
        Files.delete(Numbered.checkpointFile(directory));
        assertThat(found(directory).incidents).containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quarantine.jsonl", "events.jsonl.tmp", "checkpoint.json.tmp"})
    void aLinkWhereSomethingIsWrittenIsNotFollowed(String name) throws IOException {
        Path directory = parent.resolve("journal");
        Numbered.write(directory, 1);
        Files.writeString(Numbered.events(directory), "rubbish\n");
        Path precious = Files.writeString(parent.resolve("precious"), "somebody else's");
        Files.createSymbolicLink(directory.resolve(name), precious);

        if (name.startsWith("quarantine")) {
            assertThat(refusal(directory)).contains(name + " is a symbolic link");
        } else {
            assertThat(found(directory).incidents).isEmpty();
        }
        assertThat(precious).hasContent("somebody else's");
    }

    @Test
    void aReadOnlyDirectoryIsReadAndRefused() throws IOException, InterruptedException {
        Path directory = parent.resolve("journal");
        mount(directory, "size=1m");
        try {
            Numbered.write(directory, 1, 2);
            assertThat(run("mount", "-o", "remount,ro", directory.toString())).isTrue();
            assertThat(refusal(directory)).isEqualTo(directory + " is not writable for this user; it must be");
            assertThat(Numbered.read(directory).incidents).containsExactly(1, 2);
        } finally {
            unmount(directory);
        }
    }

    @Test
    void aReallyFullDiskTakesNothingHalf() throws IOException, InterruptedException {
        Path directory = parent.resolve("journal");
        mount(directory, "size=64k");
        try {
            Path ballast = Files.write(directory.resolve("ballast"), new byte[48 << 10]);
            List<Integer> expected = new ArrayList<>();
            try (JournalDirectory journal = Numbered.open(directory)) {
                assertThatThrownBy(() -> {
                            for (int number = 0; number < 100; number++) {
                                append(journal, List.of(Numbered.line(number, 700)));
                                expected.add(number);
                            }
                        })
                        .hasMessage("No space left on device");
                Files.delete(ballast);
                append(journal, List.of(Numbered.line(1000, 700)));
                expected.add(1000);
            }
            assertThat(found(directory).incidents).isEqualTo(expected);
        } finally {
            unmount(directory);
        }
    }

    @Test
    void aSecondJournalOfThisProcessIsLockedOut() throws IOException {
        Path directory = parent.resolve("journal");
        try (JournalDirectory first = Numbered.open(directory)) {
            assertThat(refusal(directory)).contains("lock is locked by another process");
            append(first, 1);
        }
        assertThat(found(directory).incidents).containsExactly(1);
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
            assertThat(refusal(directory)).contains("is locked by another process");
            // The process itself would close what it has printed and we have not read.
            other.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                confirmed.add(Integer.valueOf(line));
            }
            other.waitFor();
        } finally {
            other.destroyForcibly();
        }
        Numbered.Found found = found(directory);
        int last = confirmed.get(confirmed.size() - 1);
        assertThat(found.incidents).startsWith(confirmed.toArray(new Integer[0]));
        assertThat(found.incidents.size() - confirmed.size())
                .as("at most one that was not confirmed yet")
                .isBetween(0, 1);
        assertThat(found.checkpoints.get(0)).isBetween(last - 1, last + 1);
    }
}

package io.statehub.sidecar.drill.restore.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.drill.restore.Manifests;
import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small file that holds a large one takes no more of the disk than is allowed, however it is packed. */
@Timeout(120)
class RoomTest {

    private static final long ALLOWED = 1 << 20;
    private static final int LARGE = 8 << 20;

    @TempDir
    private Path folder;

    private Path large() throws IOException {
        byte[] dump = new byte[LARGE];
        Arrays.fill(dump, (byte) '-');
        return Files.write(folder.resolve("base.tar"), dump);
    }

    private Path run(Path made, String... command) {
        Program.Ended ended = Program.run(List.of(command));
        assertThat(ended.code()).as(ended.output()).isZero();
        return made;
    }

    private Path gzipped(Path file) throws IOException {
        Path packed = folder.resolve(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        return packed;
    }

    private void assertRefused(Path backup) throws Exception {
        assertThat(Files.size(backup)).isLessThan(ALLOWED);
        Path work = Files.createDirectories(folder.resolve("work"));
        BackupSource source = new BackupSource(backup.toString(), Optional.empty(), OptionalLong.empty());
        try (Restoration restoration = new Restoration(
                work,
                Optional.empty(),
                "postgres",
                Duration.ofMinutes(1),
                OptionalLong.of(ALLOWED),
                TimeSource.system(),
                line -> {})) {
            assertThatThrownBy(() -> restoration.restore(
                            source, Optional.empty(), Manifests.manifest().build()))
                    .isInstanceOfSatisfying(
                            BackupException.class,
                            e -> assertThat(e.isDamaged()).isFalse())
                    .hasMessageStartingWith("it takes more room than the allowed 1.0 MiB in " + work)
                    .hasMessageEndingWith("--max-size allows more");
            assertThat(taken(work)).isLessThanOrEqualTo(ALLOWED);
        }
        assertThat(work).isEmptyDirectory();
    }

    private static long taken(Path work) throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void gzipOfMuchIsRefused() throws Exception {
        assertRefused(gzipped(large()));
    }

    @Test
    void gzipOfGzipOfMuchIsRefused() throws Exception {
        assertRefused(gzipped(gzipped(large())));
    }

    @Test
    void zstdOfMuchIsRefused() throws Exception {
        Program.require("zstd");
        Path file = large();
        Path packed = folder.resolve("packed.zst");
        assertRefused(run(packed, "zstd", "-q", file.toString(), "-o", packed.toString()));
    }

    @Test
    void gzipWithinATarFileIsRefused() throws Exception {
        gzipped(large());
        Path packed = folder.resolve("packed.tar");
        assertRefused(run(packed, "tar", "-cf", packed.toString(), "-C", folder.toString(), "base.tar.gz"));
    }

    @Test
    void aProgramThatWritesMuchIsEnded() throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        Programs programs = new Programs(Optional.empty(), work, Room.below(work, OptionalLong.of(ALLOWED)));
        List<String> command = List.of("sh", "-c", "head -c " + LARGE + " /dev/zero > " + work + "/out; sleep 600");

        assertThatThrownBy(() -> programs.run(command, Map.of(), ""))
                .isInstanceOf(BackupException.class)
                .hasMessageStartingWith("it takes more room than");
    }

    @Test
    void whatFillsTheDiskIsNoDamage() throws Exception {
        Programs programs = new Programs(Optional.empty(), folder, Room.below(folder, OptionalLong.empty()));
        List<String> command = List.of("sh", "-c", "head -c 9 /dev/zero > /dev/full");

        assertThatThrownBy(() -> programs.run(command, Map.of(), ""))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.isDamaged()).isFalse())
                .hasMessageStartingWith("the disk is full: ");
    }

    @Test
    void whatIsFreeIsTheLimitIfNoneIsNamedAndAllButATenthOfIt() throws Exception {
        long free = Files.getFileStore(folder).getUsableSpace();
        Room room = Room.below(folder, OptionalLong.empty());

        room.require(free / 2);
        assertThatThrownBy(() -> room.require(free)).isInstanceOf(BackupException.class);
    }
}

package io.statehub.sidecar.drill.restore.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a backup before any server sees it, and how each damage is told. */
class OpenedBackupTest {

    private static final String END = "-- PostgreSQL database dump complete\n";
    private static final String DUMP = "-- PostgreSQL database dump\n" + "SELECT 1;\n".repeat(30_000) + END;

    @TempDir
    private Path folder;

    private AgeFiles key;
    private Path dump;

    @BeforeEach
    void prepare() throws Exception {
        Program.require("age", "age-keygen");
        key = AgeFiles.keyIn(folder.resolve("key.txt"));
        dump = Files.writeString(folder.resolve("dump.sql"), DUMP);
    }

    private OpenedBackup open(Path backup, Path identity) throws BackupException, InterruptedException, IOException {
        Path work = Files.createTempDirectory(folder, "work");
        return OpenedBackup.open(backup, Optional.of(identity), work, programs(work));
    }

    private static Programs programs(Path work) throws IOException {
        return new Programs(Optional.empty(), work, Room.below(work, OptionalLong.empty()));
    }

    private Path zipped(Path file) throws IOException {
        Path zipped = folder.resolve(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(file, out);
        }
        return zipped;
    }

    @Test
    void whatIsCompressedAndThenEncryptedIsOpened() throws Exception {
        Path backup = key.encrypted(zipped(dump), folder.resolve("backup"), "--armor");

        OpenedBackup opened = open(backup, key.identity());

        assertThat(opened.kind()).isEqualTo(OpenedBackup.Kind.SQL);
        assertThat(opened.path()).hasSameTextualContentAs(dump);
        assertThat(backup).as("what is given is left alone").exists();
    }

    @Test
    void aWrongKeyIsNamedAndIsNoDamage() throws Exception {
        Path backup = key.encrypted(dump, folder.resolve("backup"));
        Path other = AgeFiles.keyIn(folder.resolve("other.txt")).identity();

        assertThatThrownBy(() -> open(backup, other))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.isDamaged()).isFalse())
                .hasMessageStartingWith("no key in " + other + " decrypts it");
    }

    @Test
    void aPassphraseIsNoDamage() throws Exception {
        Path backup = Files.writeString(
                folder.resolve("backup"),
                "age-encryption.org/v1\n-> scrypt " + "A".repeat(22) + " 10\n" + "A".repeat(43) + "\n--- "
                        + "A".repeat(43) + "\n" + "x".repeat(100));

        assertThatThrownBy(() -> open(backup, key.identity()))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.isDamaged()).isFalse())
                .hasMessageContaining("passphrase-encrypted");
    }

    @Test
    void aFlippedByteInTheHeadIsNeverTakenForAWholeBackup() throws Exception {
        byte[] encrypted = Files.readAllBytes(key.encrypted(dump, folder.resolve("backup")));
        int begin = "age-encryption.org/v1\n".length();
        for (int place : new int[] {begin + 4, begin + 20, begin + 60, begin + 110, begin + 140, begin + 170}) {
            byte[] flipped = encrypted.clone();
            flipped[place] ^= 1;
            Path damaged = Files.write(folder.resolve("flipped"), flipped);

            assertThatThrownBy(() -> open(damaged, key.identity()))
                    .as("byte " + place)
                    .isInstanceOf(BackupException.class)
                    .hasMessageMatching("(?s)(no key in .* were changed|it can't be decrypted: it was changed.*)");
        }
    }

    @Test
    void aFlippedByteOfTheContentIsDamage() throws Exception {
        byte[] encrypted = Files.readAllBytes(key.encrypted(dump, folder.resolve("backup")));
        int body = encrypted.length - 1000;
        for (int place : new int[] {body, encrypted.length - 1, encrypted.length - 200_000}) {
            byte[] flipped = encrypted.clone();
            flipped[place] ^= 1;
            Path damaged = Files.write(folder.resolve("flipped"), flipped);

            assertThatThrownBy(() -> open(damaged, key.identity()))
                    .isInstanceOfSatisfying(
                            BackupException.class,
                            e -> assertThat(e.isDamaged()).isTrue())
                    .hasMessageStartingWith("it can't be decrypted");
        }
    }

    @Test
    void aBackupThatWasCutOffIsFoundInEachWrapping() throws Exception {
        Path encrypted = key.encrypted(dump, folder.resolve("backup"));
        for (Path whole : new Path[] {encrypted, zipped(dump), dump}) {
            byte[] bytes = Files.readAllBytes(whole);
            for (int length : new int[] {bytes.length - 100, bytes.length / 2}) {
                Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));

                assertThatThrownBy(() -> open(cut, key.identity()))
                        .as(whole.getFileName() + " of " + length + " bytes")
                        .isInstanceOfSatisfying(
                                BackupException.class,
                                e -> assertThat(e.isDamaged()).isTrue());
            }
        }
    }

    @Test
    void withoutAKeyAnEncryptedBackupIsNotOpened() throws Exception {
        Path backup = key.encrypted(dump, folder.resolve("backup"));
        Programs programs = programs(folder);

        assertThatThrownBy(() -> OpenedBackup.open(backup, Optional.empty(), folder, programs))
                .hasMessage("it is encrypted with age: --identity must name the file with the secret key");
        Path none = Files.writeString(folder.resolve("none.txt"), "# nothing\n");
        assertThatThrownBy(() -> open(backup, none)).hasMessageContaining("holds no key that age can use");
        Path half = Files.writeString(folder.resolve("half.txt"), "AGE-SECRET-KEY-1ABC\n");
        assertThatThrownBy(() -> open(backup, half)).hasMessageContaining("holds no key that age can use");
    }

    @Test
    void anotherDigestOrLengthIsFoundBeforeAnythingIsOpened() {
        String digest = "0".repeat(64);

        assertThatThrownBy(() ->
                        new BackupSource(dump.toString(), Optional.of(digest), OptionalLong.empty()).fetched(folder))
                .hasMessageStartingWith("its SHA-256 is ")
                .hasMessageEndingWith(", expected " + digest);
        assertThatThrownBy(
                        () -> new BackupSource(dump.toString(), Optional.empty(), OptionalLong.of(5)).fetched(folder))
                .hasMessage("it has " + DUMP.length() + " bytes, expected 5");
    }

    @Test
    void aFileThatIsNoBackupAndOneThatIsEmptyAreNamed() throws Exception {
        Path page = Files.writeString(folder.resolve("page"), "<html>denied</html>");
        Path empty = Files.writeString(folder.resolve("empty"), "");

        assertThatThrownBy(() -> open(page, key.identity())).hasMessageStartingWith("it is neither encrypted");
        assertThatThrownBy(() -> open(empty, key.identity())).hasMessage("it is empty");
    }
}

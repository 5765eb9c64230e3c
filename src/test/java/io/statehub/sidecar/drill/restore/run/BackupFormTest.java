package io.statehub.sidecar.drill.restore.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupFormTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    age-encryption.org/v1             | AGE
                    -----BEGIN AGE ENCRYPTED FILE-----| AGE
                    PGDMP                             | CUSTOM
                    --                                | PLAIN
                    """)
    void aFileIsKnownByHowItBegins(String begin, BackupForm form) {
        assertThat(BackupForm.of((begin + "\nmore").getBytes(ISO_8859_1))).contains(form);
    }

    @Test
    void compressedFilesAndTarFilesAreKnownByTheirBytes() {
        byte[] tar = new byte[BackupForm.HEAD];
        System.arraycopy("ustar".getBytes(ISO_8859_1), 0, tar, 257, 5);

        assertThat(BackupForm.of(new byte[] {0x1f, (byte) 0x8b, 8})).contains(BackupForm.GZIP);
        assertThat(BackupForm.of(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}))
                .contains(BackupForm.ZSTD);
        assertThat(BackupForm.of(tar)).contains(BackupForm.TAR);
        assertThat(BackupForm.of(Arrays.copyOf(tar, 260))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "<html>", "-\0-"})
    void anythingElseIsNoBackup(String text) {
        assertThat(BackupForm.of(text.getBytes(ISO_8859_1))).isEmpty();
    }
}

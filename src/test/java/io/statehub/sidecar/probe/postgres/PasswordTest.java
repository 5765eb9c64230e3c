package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.probe.postgres.Password.UnreadablePasswordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordTest {

    @TempDir
    private Path directory;

    private Path file;
    private Password password;

    @BeforeEach
    void inAFile() {
        file = directory.resolve("password");
        password = Password.inFile(file);
    }

    @Test
    void fileIsReadAgainEachTime() throws IOException {
        Files.writeString(file, "first");
        assertThat(password.read()).hasValue("first");

        Files.writeString(file, "second");
        assertThat(password.read()).hasValue("second");
    }

    @Test
    void oneLineBreakAtTheEndIsNotPartOfIt() throws IOException {
        Files.writeString(file, " with space \n");
        assertThat(password.read()).hasValue(" with space ");

        Files.writeString(file, "dos\r\n");
        assertThat(password.read()).hasValue("dos");

        Files.writeString(file, "two\n\n");
        assertThat(password.read()).hasValue("two\n");
    }

    @Test
    void missingFileIsNamedAndItsContentNever() {
        assertThatThrownBy(password::read)
                .isInstanceOf(UnreadablePasswordException.class)
                .hasMessage("password file " + file + " can't be read: it does not exist");
    }

    @Test
    void fileFarLargerThanAPasswordIsRefused() throws IOException {
        Files.write(file, new byte[Password.MAX_BYTES + 1]);

        assertThatThrownBy(password::read)
                .isInstanceOf(UnreadablePasswordException.class)
                .hasMessageEndingWith("can't be read: it is larger than the allowed 8192 bytes");
    }
}

package io.statehub.sidecar.probe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("token");
    }

    @Test
    void spaceAroundATokenIsNotPartOfIt() throws IOException {
        Files.writeString(file, "\n eyJh.b-c_d~e+f/g== \r\n");

        assertThat(BearerToken.read(file).header()).isEqualTo("Bearer eyJh.b-c_d~e+f/g==");
    }

    @Test
    void aTokenNeverPrintsItself() throws IOException {
        Files.writeString(file, "secret");

        assertThat(BearerToken.read(file)).asString().doesNotContain("secret");
    }

    @Test
    void aTokenIsKnownAgainByItsBeginning() throws IOException {
        Files.writeString(file, "abcdefgh-rest");
        BearerToken token = BearerToken.read(file);

        assertThat(token.isIn("you sent abcdefgh-re")).isTrue();
        assertThat(token.isIn("you sent abcdefg")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n "})
    void anEmptyFileHoldsNoToken(String content) throws IOException {
        Files.writeString(file, content);

        assertThatIOException().isThrownBy(() -> BearerToken.read(file)).withMessage(file + " is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "one\r\nX-Injected: yes", "caf\u00e9", "nul\u0000"})
    void charactersThatNoHeaderMayCarryAreNotShownEither(String content) throws IOException {
        Files.writeString(file, content);

        assertThatIOException()
                .isThrownBy(() -> BearerToken.read(file))
                .withMessage(file + " holds characters other than visible ASCII, which no token has");
    }

    @Test
    void theSizeOfATokenHasABound() throws IOException {
        Files.writeString(file, "x".repeat(BearerToken.MAX_BYTES));
        assertThat(BearerToken.read(file).header()).hasSize(BearerToken.MAX_BYTES + 7);

        Files.writeString(file, "x".repeat(BearerToken.MAX_BYTES + 1));
        assertThatIOException()
                .isThrownBy(() -> BearerToken.read(file))
                .withMessage(file + " has more than 65536 bytes");
    }

    @Test
    void onlyRegularFilesAreRead() {
        assertThatIOException().isThrownBy(() -> BearerToken.read(file)).withMessage(file + " does not exist");
        assertThatIOException()
                .isThrownBy(() -> BearerToken.read(directory))
                .withMessage(directory + " is not a regular file");
    }
}

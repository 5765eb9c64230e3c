package io.statehub.sidecar.journal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealedLineTest {

    private static byte[] withoutEnd(byte[] line) {
        return Arrays.copyOf(line, line.length - 1);
    }

    @Test
    void aLineIsOneLineOfJsonWithFormatAndKindFirstAndChecksumLast() {
        String line = new String(Numbered.line(1), UTF_8);

        assertThat(line)
                .matches("(?s)\\{\"v\":2,\"kind\":\"incident\",\"n\":1,.*,\"crc32c\":\"[0-9a-f]{8}\"}\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void aWholeLineTellsItsKindAndWhatItSays() {
        byte[] line = withoutEnd(Numbered.line(7));

        assertThat(SealedLine.kind(line)).contains(LineKind.INCIDENT);
        assertThat(SealedLine.read(line).getInt("n")).isEqualTo(7);
    }

    @Test
    void anyChangedBitIsNoticed() {
        byte[] line = withoutEnd(Numbered.line(1));
        for (int at = 0; at < line.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = line.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThat(SealedLine.kind(changed))
                        .as("byte %d, bit %d", at, bit)
                        .isEmpty();
            }
        }
    }

    @Test
    void aNewerFormatIsToldFromTheFirstLineWhateverItsChecksum() {
        assertThat(SealedLine.newerFormat("{\"v\":3,\"sha\":\"00\"}".getBytes(UTF_8)))
                .contains(3);
        assertThat(SealedLine.newerFormat("{\"v\":3}".getBytes(UTF_8))).contains(3);
        assertThat(SealedLine.newerFormat(Numbered.line(1))).isEmpty();
        assertThat(SealedLine.newerFormat("rubbish".getBytes(UTF_8))).isEmpty();
        assertThat(SealedLine.newerFormat(new byte[0])).isEmpty();
    }

    @Test
    void aLineIsWrittenAgainAsItWasRead() {
        byte[] line = withoutEnd(Numbered.line(1));

        assertThat(SealedLine.withEnd(line)).isEqualTo(Numbered.line(1));
    }
}

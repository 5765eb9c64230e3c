package io.statehub.sidecar.journal;

import static io.statehub.sidecar.json.JsonLibrary.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalLineTest {

    private static byte[] withoutEnd(byte[] line) {
        return Arrays.copyOf(line, line.length - 1);
    }

    @Test
    void aLineIsOneObjectWithTheVersionFirstAndTheChecksumLast() {
        JsonObject body = JSON.createObjectBuilder().add("id", "f-1").build();

        assertThat(new String(JournalLine.encode(body), UTF_8))
                .isEqualTo("{\"v\":1,\"id\":\"f-1\",\"crc32c\":\"2eec2932\"}\n");
    }

    @Test
    void whatWasWrittenIsReadBack() {
        JsonObject body = Entries.entry(7);

        byte[] line = JournalLine.encode(body);

        assertThat(new String(line, UTF_8).indexOf('\n')).isEqualTo(new String(line, UTF_8).length() - 1);
        assertThat(JournalLine.read(withoutEnd(line), false)).isEqualTo(new JournalLine.Intact(body));
    }

    @Test
    void anEntryMayBeEmpty() {
        byte[] line = JournalLine.encode(JsonObject.EMPTY_JSON_OBJECT);

        assertThat(JournalLine.read(withoutEnd(line), false))
                .isEqualTo(new JournalLine.Intact(JsonObject.EMPTY_JSON_OBJECT));
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] line = withoutEnd(JournalLine.encode(Entries.entry(7)));

        for (int at = 0; at < line.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = line.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThat(JournalLine.read(changed, false))
                        .as("byte %d, bit %d", at, bit)
                        .isEqualTo(new JournalLine.Corrupt());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "crc32c"})
    void theJournalsOwnMembersAreReserved(String name) {
        JsonObject body = JSON.createObjectBuilder().add(name, 2).build();

        assertThatThrownBy(() -> JournalLine.encode(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void anotherVersionIsToldFromTheFirstLineWhateverItsChecksum() {
        byte[] line = "{\"v\":2,\"sha\":\"00\"}".getBytes(UTF_8);

        assertThat(JournalLine.read(line, true)).isEqualTo(new JournalLine.Foreign("2"));
        assertThat(JournalLine.read(line, false)).isEqualTo(new JournalLine.Corrupt());
    }
}

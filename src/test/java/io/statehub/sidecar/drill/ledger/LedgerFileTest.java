package io.statehub.sidecar.drill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Concluded;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Ended;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sampled;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sent;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Survived;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Triggered;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Undo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFileTest {

    private static final Begun BEGUN = new Begun("aa", "failover", Instant.EPOCH, Map.of("cluster", "c \"1\" ü"));
    private static final List<LedgerRecord> ALL = List.of(
            new Sent(1, 7),
            new Tried(2, Track.WRITE, 7, 1, TryOutcome.AMBIGUOUS, "reset (gone)"),
            new Sampled(3, OptionalLong.of(12), 2, "stable"),
            new Sampled(4, OptionalLong.empty(), 0, "unknown"),
            new Happened(5, "promoted", 3, 4, "pg-2 leads"),
            new Triggered(6, true, "exit code 0\nmore"),
            new Concluded(7, "failover", "failover: pg-2"),
            new Undo(8, "cordon of node-1", false),
            new Ended(9, End.DEADLINE),
            new Survived(9, "1-8 10-10"));

    @TempDir
    private Path directory;

    private Path written() throws IOException {
        Path file = directory.resolve("drills/one.ledger");
        try (LedgerFile ledger = LedgerFile.create(file, BEGUN)) {
            for (LedgerRecord record : ALL) {
                ledger.force(record);
            }
        }
        return file;
    }

    @Test
    void everyKindOfLineIsReadAsItWasWritten() throws IOException {
        assertThat(LedgerFile.read(written())).isEqualTo(new Ledger(BEGUN, ALL, 0));
    }

    @Test
    void noKindOfLineIsLeftOut() {
        assertThat(LedgerRecord.class.getPermittedSubclasses())
                .as("the first line, and the kinds that are read as they were written")
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of(BEGUN), ALL.stream())
                        .<Class<?>>map(Object::getClass)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"at\":1,\"dreamt\":2} | the kind of record 'dreamt' | begun, concluded, ended, happened, sent,",
                "{\"at\":1,\"ended\":\"bored\"} | the 'ended' 'bored' | deadline, interrupted, whole",
                "{\"at\":1,\"tried\":\"dance\"} | the 'tried' 'dance' | api_liveness, api_readiness, deployment,",
            })
    void aWholeLineOfANewerProgramIsRefusedWithWhatIsKnown(String json, String what, String known) throws IOException {
        Path file = written();
        add(file, json);

        assertThatThrownBy(() -> LedgerFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ", line 12 has " + what)
                .hasMessageContaining("which this program does not know; it knows " + known)
                .hasMessageEndingWith(": use the program that wrote it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"at\":1}",
                "{\"at\":1,\"sent\":0}",
                "{\"at\":1,\"tried\":\"write\",\"sequence\":-1,\"begun\":0,\"outcome\":\"ok\",\"detail\":\"\"}",
                "{\"at\":1,\"tried\":\"write\",\"sequence\":1,\"begun\":2,\"outcome\":\"ok\",\"detail\":\"\"}",
                "{\"at\":1,\"streaming\":-1,\"standing\":\"stable\"}",
                "{\"at\":1,\"streaming\":4294967297,\"standing\":\"stable\"}",
                "{\"at\":1,\"streaming\":1.5,\"standing\":\"stable\"}",
                "{\"at\":1,\"streaming\":1,\"standing\":\"stable\",\"lagBytes\":-1}",
                "{\"at\":1,\"happened\":\"promoted\",\"earliest\":2,\"latest\":1,\"evidence\":\"\"}",
            })
    void aWholeLineThatSaysWhatCanNotBeIsDamaged(String json) throws IOException {
        Path file = written();
        add(file, json);

        assertThat(LedgerFile.read(file)).isEqualTo(new Ledger(BEGUN, ALL, 1));
    }

    private static void add(Path file, String json) throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(json.getBytes(StandardCharsets.UTF_8));
        Files.writeString(file, "%08x %s\n".formatted(checksum.getValue(), json), StandardOpenOption.APPEND);
    }

    @Test
    void aTornLastLineCostsThatLineAlone() throws IOException {
        Path file = written();
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 5));

        Ledger ledger = LedgerFile.read(file);
        assertThat(ledger.records()).isEqualTo(ALL.subList(0, ALL.size() - 1));
        assertThat(ledger.damaged()).isEqualTo(1);
    }

    @Test
    void bytesThatAreNoTextCostTheirOwnLineAlone() throws IOException {
        Path file = written();
        Files.write(file, new byte[] {'{', (byte) 0xff, (byte) 0xc3, '\n'}, StandardOpenOption.APPEND);

        assertThat(LedgerFile.read(file)).isEqualTo(new Ledger(BEGUN, ALL, 1));
    }

    @Test
    void aLineThatWasChangedIsNotBelieved() throws IOException {
        Path file = written();
        Files.writeString(file, Files.readString(file).replace("\"sequence\":7", "\"sequence\":8"));

        assertThat(LedgerFile.read(file).damaged()).isEqualTo(1);
        assertThat(LedgerFile.read(file).all(Tried.class)).isEmpty();
    }

    @Test
    void oneThatIsGoneOnWithKeepsWhatItHad() throws IOException {
        Path file = written();
        try (LedgerFile ledger = LedgerFile.open(file)) {
            ledger.force(new Sent(10, 8));
        }

        assertThat(LedgerFile.read(file).records())
                .hasSize(ALL.size() + 1)
                .last()
                .isEqualTo(new Sent(10, 8));
    }

    @Test
    void aFileThatIsNoLedgerIsRefused() throws IOException {
        Path file = directory.resolve("other");
        Files.writeString(file, "hello\n", StandardOpenOption.CREATE);

        assertThatThrownBy(() -> LedgerFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not the ledger of a drill");
        assertThatThrownBy(() -> LedgerFile.read(directory)).hasMessageContaining("is not the ledger of a drill");
        assertThatThrownBy(() -> LedgerFile.read(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }
}

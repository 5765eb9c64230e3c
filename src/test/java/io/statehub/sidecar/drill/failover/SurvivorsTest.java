package io.statehub.sidecar.drill.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurvivorsTest {

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void aDrillIsKilled() throws IOException {
        file = directory.resolve("one.ledger");
        try (LedgerFile ledger = LedgerFile.create(file, new Begun("aa", "failover", Instant.EPOCH, Map.of()))) {
            ledger.force(new Sent(5, 1));
        }
    }

    private void noted(Long... numbers) throws IOException {
        Survivors.note(file, LedgerFile.read(file), new TreeSet<>(List.of(numbers)));
    }

    @Test
    void untilItIsNotedNobodyKnows() throws IOException {
        assertThat(Survivors.noted(LedgerFile.read(file))).isEmpty();
    }

    @Test
    void whatSurvivedIsKnownOnceTheRowsAreGone() throws IOException {
        noted(1L, 2L, 3L, 7L, 9L, 10L);

        assertThat(Survivors.noted(LedgerFile.read(file)).orElseThrow()).containsExactly(1L, 2L, 3L, 7L, 9L, 10L);
    }

    @Test
    void thatNothingSurvivedIsKnownToo() throws IOException {
        noted();

        assertThat(Survivors.noted(LedgerFile.read(file)).orElseThrow()).isEmpty();
    }

    @Test
    void aTornLineBeforeItDoesNotSpoilIt() throws IOException {
        Files.writeString(file, "0000", StandardOpenOption.APPEND);
        noted(4L);

        assertThat(Survivors.noted(LedgerFile.read(file)).orElseThrow()).containsExactly(4L);
        assertThat(LedgerFile.read(file).damaged()).isEqualTo(1);
    }

    @Test
    void notingItDoesNotMoveTheEndOfTheDrill() throws IOException {
        noted(1L);

        assertThat(LedgerFile.read(file).until()).isEqualTo(5);
    }
}

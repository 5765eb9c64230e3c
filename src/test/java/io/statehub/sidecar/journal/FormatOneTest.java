package io.statehub.sidecar.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.file.Disk;
import io.statehub.sidecar.testing.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that a program of format 1 has left: one failover that ended, and a primary that is suspect. */
class FormatOneTest {

    private static final List<String> SEGMENTS = List.of("failovers-000001.jsonl", "failovers-000002.jsonl");

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    @BeforeEach
    void copy() throws IOException {
        for (String name : SEGMENTS) {
            try (InputStream in = FormatOneTest.class.getResourceAsStream("format-1/" + name)) {
                Files.copy(in, directory.resolve(name));
            }
        }
        clock.advance(Duration.ofSeconds(13));
    }

    private Journal journal() {
        return new Journal(directory, 1 << 20, clock, Disk.real(), Optional.of("boot-1"));
    }

    private Tracking resumed() {
        try (Journal journal = journal()) {
            return journal.resume(Incidents.begin(clock.now()));
        }
    }

    @Test
    void anIncidentOfFormatOneIsContinued() {
        Tracking resumed = resumed();

        assertThat(resumed.state()).isInstanceOf(FailoverState.Suspect.class);
        assertThat(resumed.history()).hasSize(1);
        Incident ended = resumed.history().get(0);
        assertThat(ended.id()).isEqualTo("20260301T120003.500Z-t1");
        assertThat(ended.ending().orElseThrow().outcome()).isEqualTo(Outcome.FAILOVER);
        assertThat(ended.newPrimary().orElseThrow().member()).isEqualTo("pg-2");
        assertThat(ended.milestones()).hasSize(6);
        assertThat(resumed.ledger().entries()).isNotEmpty();
    }

    @Test
    void isTakenOverOnceAndNothingIsLost() throws IOException {
        Tracking first = resumed();

        assertThat(directory).isDirectoryNotContaining("glob:**failovers-*");
        assertThat(Files.readString(directory.resolve("events.jsonl"), UTF_8).lines())
                .hasSize(10)
                .allMatch(line -> line.startsWith("{\"v\":1,\"kind\":\"event\"")
                        || line.startsWith("{\"v\":1,\"kind\":\"incident\""));
        assertThat(Files.readString(directory.resolve("checkpoint.json"), UTF_8))
                .startsWith("{\"v\":1,\"kind\":\"checkpoint\"");
        assertThat(resumed()).isEqualTo(first);
    }

    @Test
    void aDamagedLineIsSetAsideAndTheCheckpointBeforeItIsGoneOnFrom() throws IOException {
        Path newest = directory.resolve(SEGMENTS.get(1));
        String text = Files.readString(newest, UTF_8);
        Files.writeString(newest, text.replace("\"state\":\"primary_suspect\"", "\"state\":\"primary_suspekt\""));

        Tracking resumed = resumed();

        assertThat(resumed.state().incident()).isEmpty();
        assertThat(resumed.state().leader().orElseThrow().member()).isEqualTo("pg-2");
        assertThat(Files.readString(directory.resolve("quarantine.jsonl"))).contains("primary_suspekt");
    }

    @Test
    void aFileOfAVersionThatNobodyKnowsIsLeftAlone() throws IOException {
        Path foreign = Files.writeString(directory.resolve("failovers-000003.jsonl"), "{\"v\":9,\"x\":1}\n");

        assertThat(resumed().history()).hasSize(1);

        assertThat(foreign).hasContent("{\"v\":9,\"x\":1}");
    }
}

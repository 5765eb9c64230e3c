package io.statehub.sidecar.journal;

import static io.statehub.sidecar.testing.Members.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.codec.FailoverLines;
import io.statehub.sidecar.journal.file.Limits;
import io.statehub.sidecar.testing.Observed;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However full a journal is, a start reads it once and in 16 MiB of memory. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FullJournalTest {

    private static final List<String> SMALL = List.of("-Xmx16m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC");

    /** What is allocated for a byte that is read: its line, and what is made of it where it is remembered. */
    private static final long ALLOCATED_PER_BYTE = 6;

    @TempDir
    Path directory;

    private final FailoverLines lines = new FailoverLines(Optional.of("boot-1"));
    private final Chronicle over = Incidents.overWithLoss();
    private int incidents;

    /** A checkpoint with as many heartbeats as are ever remembered. */
    private byte[] checkpoint() {
        Chronicle chronicle = Incidents.inTrouble();
        for (int beat = 5; beat < 400; beat++) {
            chronicle.beat(Observed.acked(PRIMARY, beat));
        }
        return lines.checkpoint(chronicle.tracking(), chronicle.now(), Long.MAX_VALUE);
    }

    private byte[] incident(int number) {
        byte[] line = lines.incident(over.incident());
        return Checksums.line(
                Checksums.withoutChecksum(line).replace(over.incident().id(), "incident-" + number));
    }

    private void fill(Path file, long bytes, List<byte[]> between, boolean formatOne) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            long written = 0;
            while (true) {
                List<byte[]> next = new ArrayList<>(between);
                next.add(incident(incidents++));
                for (byte[] line : next) {
                    byte[] made = formatOne ? Checksums.inFormatOne(line) : line;
                    written += made.length;
                    if (written > bytes) {
                        return;
                    }
                    out.write(made);
                }
            }
        }
    }

    private void starts(long maxBytes) throws IOException, InterruptedException {
        Process process = ForkedJvm.start(StartMain.class, SMALL, directory.toString(), Long.toString(maxBytes));
        try (var answers = process.inputReader()) {
            List<String> answer = answers.lines().toList();
            assertThat(process.waitFor()).as("exit of %s", answer).isZero();
            System.out.println("full journal of " + maxBytes + " bytes: " + answer.get(2) + " allocated");
            assertThat(answer).first().isEqualTo(Integer.toString(Tracking.MOST_INCIDENTS));
            assertThat(answer.get(1)).isEqualTo("failing_over");
            assertThat(Long.parseLong(answer.get(2))).as("bytes allocated").isLessThan(ALLOCATED_PER_BYTE * maxBytes);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aFullJournalOfTheGreatestSizeIsReadOnceAndIn16MiB() throws IOException, InterruptedException {
        long most = Limits.MOST_USED;
        List<byte[]> events = over.events().stream().map(lines::event).toList();
        fill(directory.resolve("events.jsonl"), new Limits(most).eventBytes(), events, false);
        Files.write(directory.resolve("checkpoint.json"), checkpoint());

        starts(most);
    }

    @Test
    void aFullJournalOfFormatOneIsTakenOverIn16MiB() throws IOException, InterruptedException {
        long most = 16 << 20;
        List<byte[]> checkpoints = List.of(checkpoint());
        for (int segment = 1; segment <= 4; segment++) {
            fill(directory.resolve("failovers-00000" + segment + ".jsonl"), most / 4, checkpoints, true);
        }

        starts(most);

        assertThat(Files.size(directory.resolve("events.jsonl"))).isLessThan(most / 2);
        assertThat(directory).isDirectoryNotContaining("glob:**failovers-*");
    }
}

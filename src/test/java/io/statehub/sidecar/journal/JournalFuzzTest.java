package io.statehub.sidecar.journal;

import static io.statehub.sidecar.testing.Members.FOLLOWER;
import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.PROMOTED;
import static io.statehub.sidecar.testing.Members.REJOINED;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.codec.FailoverLines;
import io.statehub.sidecar.journal.file.BreakableDisk;
import io.statehub.sidecar.journal.file.Disk;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lines that are whole and say anything. Whatever they say, the start succeeds, the lines beside them are kept, and the
 * tracker continues. More of it: {@code -Djournal.fuzz.inputs=1000000}; the same again: {@code -Djournal.fuzz.seed=…}.
 */
class JournalFuzzTest {

    private static final int INPUTS = Integer.getInteger("journal.fuzz.inputs", 1000);
    private static final Pattern TOKEN = Pattern.compile("-?\\d+|\"[^\"]*\"|true|false|[\\[\\]{},:]");
    private static final List<String> STRANGE = List.of(
            "",
            "null",
            "true",
            "0",
            "-1",
            "9223372036854775807",
            "-9223372036854775808",
            "1e400",
            "1.5",
            "\"\"",
            "[]",
            "{}",
            "\"x\"",
            "[[[[",
            "\"1970-01-01T00:00:00Z\"",
            "\"+999999999-01-01T00:00:00Z\"",
            "\"\\u0000\"",
            "99999999999999999999999999",
            "{\"lowerNs\":-5}",
            ",",
            "\"v\":9");

    @TempDir
    Path directory;

    private final long seed = Long.getLong("journal.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final FailoverLines lines = new FailoverLines(Optional.of("boot-1"));
    private final ManualClock clock = new ManualClock();
    private final List<byte[]> incidents = new ArrayList<>();
    private final List<byte[]> checkpoints = new ArrayList<>();
    private final List<byte[]> events = new ArrayList<>();

    private void collect(Chronicle chronicle) {
        checkpoints.add(lines.checkpoint(chronicle.tracking(), chronicle.now(), Long.MAX_VALUE));
        chronicle.ended().forEach(incident -> incidents.add(lines.incident(incident)));
        chronicle.events().forEach(event -> events.add(lines.event(event)));
    }

    private void collect() {
        collect(Chronicle.steady());
        collect(Chronicle.steady().look(GONE, STANDBY, OTHER));
        collect(Incidents.inTrouble());
        collect(Incidents.inTrouble().look(GONE, PROMOTED, OTHER));
        collect(Incidents.inTrouble().look(PRIMARY, STANDBY, OTHER));
        collect(Incidents.overWithLoss());
        collect(Incidents.overWithLoss().look(PRIMARY, PROMOTED, FOLLOWER));
        clock.advance(Duration.ofSeconds(30));
    }

    private byte[] any(List<byte[]> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A valid line with some of its tokens changed, taken away, doubled or moved, and the right checksum. */
    private byte[] mutant(byte[] line) {
        String text = Checksums.withoutChecksum(line);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
            MatchResult token = tokens.get(random.nextInt(tokens.size()));
            MatchResult other = tokens.get(random.nextInt(tokens.size()));
            String instead = random.nextInt(3) == 0 ? other.group() : STRANGE.get(random.nextInt(STRANGE.size()));
            text = text.substring(0, token.start()) + instead + text.substring(token.end());
            if (text.isEmpty()) {
                return Checksums.line("{");
            }
        }
        if (random.nextInt(10) == 0) {
            text = text.substring(0, random.nextInt(text.length()));
        }
        byte[] whole = Checksums.line(text);
        return random.nextInt(10) == 0 ? rubbish(whole.length) : whole;
    }

    private byte[] rubbish(int length) {
        byte[] rubbish = new byte[length];
        random.nextBytes(rubbish);
        rubbish[length - 1] = '\n';
        return rubbish;
    }

    private byte[] intact(String id) {
        String text = Checksums.withoutChecksum(incidents.get(0));
        return Checksums.line(text.replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + id + "\""));
    }

    /** Each input is worth some lines of the log, which nobody reads here. */
    @BeforeAll
    static void quiet() {
        Logger.getLogger("io.statehub.sidecar.journal").setLevel(Level.OFF);
    }

    @AfterAll
    static void heardAgain() {
        Logger.getLogger("io.statehub.sidecar.journal").setLevel(Level.INFO);
    }

    @Test
    void whateverALineSaysTheStartSucceedsAndTheOthersAreKept() throws IOException {
        collect();
        for (int input = 0; input < INPUTS; input++) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(intact("one"));
            file.writeBytes(mutant(any(incidents)));
            file.writeBytes(intact("two"));
            file.writeBytes(mutant(any(random.nextBoolean() ? checkpoints : events)));
            file.writeBytes(intact("three"));
            Files.write(directory.resolve("events.jsonl"), file.toByteArray());
            byte[] checkpoint = mutant(any(checkpoints));
            Files.write(directory.resolve("checkpoint.json"), checkpoint);
            String description = "seed " + seed + ", input " + input + ": " + new String(checkpoint, UTF_8) + "\n"
                    + file.toString(UTF_8);

            Tracking resumed = start(description);

            assertThat(Incidents.ids(resumed)).as(description).contains("one", "two", "three");
            goOn(resumed, description);
            Files.deleteIfExists(directory.resolve("quarantine.jsonl"));
        }
        System.out.println("journal fuzz: " + INPUTS + " inputs, seed " + seed + ": all starts succeeded");
    }

    private Tracking start(String description) {
        Disk disk = new BreakableDisk().forcingNothing();
        try (Journal journal = new Journal(directory, 1 << 20, clock, disk, Optional.of("boot-1"))) {
            return journal.resume(Incidents.begin(clock.now()));
        } catch (RuntimeException e) {
            throw new AssertionError(description, e);
        }
    }

    private void goOn(Tracking resumed, String description) {
        try {
            Chronicle chronicle = Chronicle.steady().restartedWith(resumed);
            chronicle
                    .rounds(2, NO_BEAT, GONE, STANDBY, OTHER)
                    .look(GONE, PROMOTED, OTHER)
                    .beat(Observed.ackedAfter(PROMOTED, 9, Observed.beatsTo(2)))
                    .look(REJOINED, PROMOTED, FOLLOWER);
            lines.checkpoint(chronicle.tracking(), chronicle.now(), Long.MAX_VALUE);
        } catch (RuntimeException e) {
            throw new AssertionError(description, e);
        }
    }
}

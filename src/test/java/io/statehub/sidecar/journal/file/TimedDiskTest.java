package io.statehub.sidecar.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedDiskTest {

    private static final Duration SLOW = TimedDisk.SLOW.plusSeconds(1);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final BreakableDisk breakable = new BreakableDisk();
    private final TimedDisk disk = new TimedDisk(breakable, clock);

    @Test
    void aCallThatIsOutForTooLongIsTheDisksSilence() throws IOException {
        List<Optional<String>> seen = new ArrayList<>();
        breakable.beforeForce(() -> {
            seen.add(disk.silence(clock.now()));
            clock.advance(SLOW);
            seen.add(disk.silence(clock.now()));
        });
        Path file = directory.resolve("file");
        try (Disk.Output output = disk.create(file)) {
            output.force();
        }
        assertThat(seen)
                .containsExactly(Optional.empty(), Optional.of("the disk has not answered for 11 s, forcing " + file));
        assertThat(disk.silence(clock.now())).isEmpty();
        assertThat(disk.slowCalls(clock.now())).isEqualTo(1);
    }

    @Test
    void whatIsDoneBetweenTwoCallsIsNotTheDisks() throws IOException {
        try (Disk.Output output = disk.create(directory.resolve("file"))) {
            clock.advance(SLOW);
            assertThat(disk.silence(clock.now())).isEmpty();
            output.append(new byte[1]);
        }
        assertThat(disk.slowCalls(clock.now())).isZero();
    }
}

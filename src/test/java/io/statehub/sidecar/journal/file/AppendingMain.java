package io.statehub.sidecar.journal.file;

import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes until it is killed, and prints each number that the disk has. */
final class AppendingMain {

    private AppendingMain() {}

    public static void main(String[] arguments) throws IOException {
        JournalDirectory journal = JournalDirectory.open(
                Path.of(arguments[0]),
                new Limits(16 << 20),
                new TimedDisk(Disk.real(), TimeSource.system()),
                new Numbered.Found(),
                complaint -> {});
        for (int number = 0; true; number++) {
            journal.append(List.of(Numbered.line(number)), List::of);
            System.out.println(number);
            journal.checkpoint(Numbered.checkpoint(number));
        }
    }
}

package io.statehub.sidecar.journal;

import java.nio.file.Path;
import java.util.List;

/** Appends until it is killed, and prints the number of each entry that the disk has. */
final class AppendingMain {

    static final long SIZE = 16 << 20;

    private AppendingMain() {}

    public static void main(String[] arguments) {
        Journal journal = Journal.open(Path.of(arguments[0]), SIZE, List::of, entry -> {});
        for (int number = 0; journal.append(Entries.entry(number)) instanceof AppendResult.Durable; number++) {
            System.out.println(number);
        }
    }
}

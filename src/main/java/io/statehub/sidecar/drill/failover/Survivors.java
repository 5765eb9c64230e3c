package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Survived;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the primary held, kept in the ledger before the rows are deleted. Without it a report that could not be filed
 * would be made again from an empty table, and would call every write lost.
 */
final class Survivors {

    private Survivors() {}

    /** What was noted; empty if nothing was, so that the rows are still there. */
    static Optional<NavigableSet<Long>> noted(Ledger ledger) {
        return ledger.all(Survived.class).stream()
                .reduce((earlier, later) -> later)
                .map(survived -> numbers(survived.numbers()));
    }

    /**
     * Notes it; it is on the disk when this returns.
     *
     * @param ledger of the file
     */
    static void note(Path file, Ledger ledger, NavigableSet<Long> held) throws IOException {
        try (LedgerFile to = LedgerFile.open(file)) {
            to.force(new Survived(ledger.until(), ranges(held)));
        }
    }

    private static String ranges(NavigableSet<Long> numbers) {
        StringBuilder ranges = new StringBuilder();
        Long last = null;
        for (Long number : numbers) {
            if (last == null) {
                ranges.append(number);
            } else if (number != last + 1) {
                ranges.append('-').append(last).append(' ').append(number);
            }
            last = number;
        }
        return last == null ? "" : ranges.append('-').append(last).toString();
    }

    private static NavigableSet<Long> numbers(String ranges) {
        NavigableSet<Long> numbers = new TreeSet<>();
        for (String range : ranges.isEmpty() ? new String[0] : ranges.split(" ", -1)) {
            String[] ends = range.split("-", 2);
            long last = Long.parseLong(ends[1]);
            for (long number = Long.parseLong(ends[0]); number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}

package io.statehub.sidecar.drill.ledger;

import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import java.util.List;

/**
 * A ledger as it was read.
 *
 * @param begun its first line
 * @param records all others that are whole, in their order
 * @param damaged how many lines are not; the last one of a killed process may be torn
 */
public record Ledger(Begun begun, List<LedgerRecord> records, int damaged) {

    public Ledger {
        records = List.copyOf(records);
    }

    /** The records of one kind, in their order. */
    public <T extends LedgerRecord> List<T> all(Class<T> kind) {
        return records.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The moment of the last line, in nanoseconds since the beginning. */
    public long until() {
        return records.stream().mapToLong(LedgerRecord::at).max().orElse(0);
    }
}

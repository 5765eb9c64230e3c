package io.statehub.sidecar.drill.ledger;

import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.Moment;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running drill's hand on its ledger: what can't be written is known, and ends it. Safe for use by several threads.
 */
public final class LedgerWriter {

    private final LedgerFile ledger;
    private final Moment begun;
    private final AtomicReference<@Nullable String> broken = new AtomicReference<>();

    /** @param begun the ledger's 0 */
    public LedgerWriter(LedgerFile ledger, Moment begun) {
        this.ledger = ledger;
        this.begun = begun;
    }

    /** When the drill began. */
    public Moment begun() {
        return begun;
    }

    /** A moment as records have it. */
    public long nanos(Moment moment) {
        return moment.since(begun).toNanos();
    }

    /** Adds a line, which outlives this process and not the machine. */
    public void add(LedgerRecord record) {
        try {
            ledger.add(record);
        } catch (IOException e) {
            broken(e);
        }
    }

    /** Adds a line, which is on the disk when this returns; whether it is. */
    public boolean force(LedgerRecord record) {
        try {
            ledger.force(record);
            return true;
        } catch (IOException e) {
            broken(e);
            return false;
        }
    }

    private void broken(IOException e) {
        fault(ledger.file() + " can't be written: " + Refusal.of(e, ledger.file()));
    }

    /** Something else by which the drill can't continue. */
    public void fault(String why) {
        broken.compareAndSet(null, why);
    }

    /** Why the drill can't continue; empty while it can. */
    public Optional<String> broken() {
        return Optional.ofNullable(broken.get());
    }
}

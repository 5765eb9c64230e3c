package io.statehub.sidecar.drill.trigger;

import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerWriter;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The trigger on a thread of its own, so that a command that hangs stops nothing else; what it does is in the ledger.
 * Begun and asked by one thread.
 */
public final class RunningTrigger implements Trigger.Undos {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Trigger trigger;
    private final LedgerWriter writer;
    private final Audience audience;
    private final TimeSource time;
    private volatile Optional<Moment> triggered = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    public RunningTrigger(Trigger trigger, LedgerWriter writer, Audience audience, TimeSource time) {
        this.trigger = trigger;
        this.writer = writer;
        this.audience = audience;
        this.time = time;
    }

    /** Causes the fault, or says that it is waited for; not if that can't be noted before. */
    public void begin() {
        Moment now = time.now();
        if (!writer.force(new LedgerRecord.Triggered(writer.nanos(now), false, ""))) {
            return;
        }
        triggered = Optional.of(now);
        audience.happened("trigger");
        Thread running = new Thread(this::fire, "drill-trigger");
        running.setDaemon(true);
        running.start();
        thread = Optional.of(running);
    }

    private void fire() {
        String said;
        try {
            said = trigger.fire(this);
        } catch (DrillException e) {
            said = "it failed: " + e.getMessage();
        } catch (IOException e) {
            said = "it failed: " + Refusal.of(e);
        } catch (RuntimeException e) {
            said = "it failed, by a fault of this program: " + e;
        }
        writer.force(new LedgerRecord.Triggered(writer.nanos(time.now()), true, said));
        audience.happened("trigger over: " + said.lines().findFirst().orElse(""));
    }

    @Override
    public void toBeUndone(String what) throws IOException {
        undo(what, false);
    }

    @Override
    public void undone(String what) throws IOException {
        undo(what, true);
    }

    private void undo(String what, boolean done) throws IOException {
        if (!writer.force(new LedgerRecord.Undo(writer.nanos(time.now()), what, done))) {
            throw new IOException(writer.broken().orElse("the ledger can't be written"));
        }
    }

    public boolean begun() {
        return triggered.isPresent();
    }

    /** When the fault was caused, or waited for; empty before it. Any thread may ask. */
    public Optional<Moment> triggered() {
        return triggered;
    }

    /** Zero before it. Any thread may ask. */
    public Duration since(Moment now) {
        return triggered.map(now::since).orElse(Duration.ZERO);
    }

    /** Whether it was begun and is done. */
    public boolean over() {
        return thread.filter(running -> !running.isAlive()).isPresent();
    }

    /** Ends it, if it was begun, and waits a little for that. */
    public void end() {
        trigger.cancel();
        try {
            if (thread.isPresent()) {
                thread.get().join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

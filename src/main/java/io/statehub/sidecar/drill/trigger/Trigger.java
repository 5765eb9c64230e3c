package io.statehub.sidecar.drill.trigger;

import io.statehub.sidecar.drill.DrillException;
import java.io.IOException;
import java.util.Optional;

/** Causes the fault of a drill. Used by one thread; {@link #cancel} may come from another. */
public interface Trigger {

    /** What it does, for the plan and the report. */
    String described();

    /** Looks whether it could do that, and changes nothing. */
    default void check() throws DrillException {}

    /** Is told what has been done and must be undone, before it is done. */
    interface Undos {
        void toBeUndone(String what) throws IOException;

        void undone(String what) throws IOException;
    }

    /**
     * Does it, and waits until it is done; what it said.
     *
     * @throws DrillException if it failed; where that leaves open whether it was done, the message says so
     */
    String fire(Undos undos) throws DrillException, IOException;

    /** Ends what is under way, and keeps what has not begun from beginning. */
    default void cancel() {}

    /**
     * Undoes what a drill left, whoever did it.
     *
     * @param what as {@link Undos#toBeUndone} was told
     * @return why that could not be done; empty if it is
     */
    default Optional<String> undo(String what) {
        return Optional.of("this trigger can't undo '" + what + "'");
    }
}

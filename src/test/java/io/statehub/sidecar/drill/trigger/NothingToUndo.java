package io.statehub.sidecar.drill.trigger;

/** Of a trigger that changes nothing that must be changed back. */
public final class NothingToUndo implements Trigger.Undos {

    @Override
    public void toBeUndone(String what) {
        throw new AssertionError(what);
    }

    @Override
    public void undone(String what) {
        throw new AssertionError(what);
    }
}

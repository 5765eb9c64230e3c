package io.statehub.sidecar.drill.restore.run;

import io.statehub.sidecar.system.Refusal;
import java.io.IOException;

/** A backup can't be restored; the message says why in one line. */
public final class BackupException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean damaged;

    private BackupException(String message, boolean damaged) {
        super(message);
        this.damaged = damaged;
    }

    /** The backup itself is at fault: whoever needs it will not get the data back. */
    static BackupException damaged(String what) {
        return new BackupException(what, true);
    }

    /** Something that is needed to restore it is missing or wrong here. */
    static BackupException notRun(String what) {
        return new BackupException(what, false);
    }

    /** The same of a file that could not be used, or a program that could not be run. */
    static BackupException notRun(String what, IOException refusal) {
        return new BackupException(what + ": " + Refusal.of(refusal), false);
    }

    /** Whether the backup itself is at fault. */
    public boolean isDamaged() {
        return damaged;
    }
}

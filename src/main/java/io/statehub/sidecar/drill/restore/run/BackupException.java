package io.statehub.sidecar.drill.restore.run;

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

    /** Whether the backup itself is at fault. */
    public boolean isDamaged() {
        return damaged;
    }
}

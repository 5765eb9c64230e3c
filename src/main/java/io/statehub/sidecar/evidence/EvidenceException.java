package io.statehub.sidecar.evidence;

import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.nio.file.Path;

/** Evidence can't be read or written; the message says what, where and why. */
public final class EvidenceException extends Exception {

    private static final long serialVersionUID = 1L;

    EvidenceException(String what) {
        super(what);
    }

    /** Of what was refused; {@code what} names the file or folder. */
    EvidenceException(String what, Path file, IOException refusal) {
        super(what + ": " + Refusal.of(refusal, file), refusal);
    }

    EvidenceException(String what, Throwable cause) {
        super(what, cause);
    }
}

package io.statehub.sidecar.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an item of evidence comes to. */
public enum EvidenceVerdict {
    /** All that was asked for was shown. */
    PASSED,
    /** Something was shown to be wrong. */
    FAILED,
    /** Neither was shown. */
    UNDECIDED,
    /** It was broken off before its end. */
    INCOMPLETE;

    /** The name in files and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<EvidenceVerdict> labelled(String label) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.label().equals(label))
                .findFirst();
    }
}

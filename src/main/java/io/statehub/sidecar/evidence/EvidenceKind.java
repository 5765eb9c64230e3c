package io.statehub.sidecar.evidence;

import java.util.Arrays;
import java.util.Optional;

/** What an item of evidence is about. */
public enum EvidenceKind {
    READINESS_REPORT("readiness-report"),
    ACCESS("access"),
    FAILOVER_DRILL("failover-drill"),
    API_DRILL("api-drill"),
    RESTORE_MANIFEST("restore-manifest"),
    RESTORE_DRILL("restore-drill"),
    RETIREMENT_DECISION("retirement-decision"),
    APPROVAL("approval"),
    /** A file of the operator's, such as the final backup. */
    ADDED_FILE("added-file");

    private final String label;

    EvidenceKind(String label) {
        this.label = label;
    }

    /** The name in files, ids and on the command line. */
    public String label() {
        return label;
    }

    static Optional<EvidenceKind> labelled(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}

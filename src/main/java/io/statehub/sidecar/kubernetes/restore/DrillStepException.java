package io.statehub.sidecar.kubernetes.restore;

import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.RestoreVerdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a step of a drill failed, in words for whoever made it. */
public final class DrillStepException extends Exception {

    private static final long serialVersionUID = 1L;

    private final @Nullable RestoreVerdict verdict;

    /** Something by which the drill could not continue, and which says nothing of the backup. */
    public DrillStepException(String reason) {
        super(reason);
        this.verdict = null;
    }

    /** Something that was shown, or of which it was shown that it stays unknown. */
    public DrillStepException(String reason, RestoreVerdict verdict) {
        super(reason);
        this.verdict = verdict;
    }

    /** What is known by it; empty if it says nothing of the backup. */
    Optional<RestoreVerdict> verdict() {
        return Optional.ofNullable(verdict);
    }
}

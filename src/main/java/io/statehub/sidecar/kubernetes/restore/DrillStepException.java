package io.statehub.sidecar.kubernetes.restore;

/** Why a step of a drill failed, in words for whoever made it. */
public final class DrillStepException extends Exception {

    private static final long serialVersionUID = 1L;

    public DrillStepException(String reason) {
        super(reason);
    }
}

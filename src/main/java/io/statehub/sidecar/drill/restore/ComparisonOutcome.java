package io.statehub.sidecar.drill.restore;

/** What comparing came to. */
public enum ComparisonOutcome {
    /** All that the manifest holds is there and nothing else, apart from what was allowed. */
    SAME(0),
    /** Something is not as the manifest says. */
    DIFFERENT(1),
    /** Nothing is known to be wrong, but something could not be compared. */
    UNDECIDED(3);

    private final int exitCode;

    ComparisonOutcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** That of the command; 2 is for what could not be run. */
    public int exitCode() {
        return exitCode;
    }
}

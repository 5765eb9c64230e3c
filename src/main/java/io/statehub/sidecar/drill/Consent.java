package io.statehub.sidecar.drill;

import java.util.List;
import java.util.Optional;

/** The last look before a drill begins. */
public final class Consent {

    private static final int NOTHING_TO_DO = 0;

    /** It was not begun. */
    private static final int COULD_NOT_RUN = 2;

    private Consent() {}

    /**
     * The exit code if it doesn't begin; empty if it does.
     *
     * @param what is to bear the drill
     * @param unsound why it should not begin
     * @param anyway whether it begins all the same
     * @param dryRun whether it ends here
     * @throws DrillException if it must not begin
     */
    public static Optional<Integer> refused(
            String what, List<String> unsound, boolean anyway, boolean dryRun, Audience audience)
            throws DrillException {
        if (!unsound.isEmpty() && !anyway) {
            throw new DrillException(what + " is not sound: " + String.join("; ", unsound)
                    + " (--anyway begins all the same, and the report says so)");
        }
        if (dryRun) {
            return Optional.of(NOTHING_TO_DO);
        }
        if (!audience.agrees()) {
            audience.say("not agreed to: nothing was done");
            return Optional.of(COULD_NOT_RUN);
        }
        return Optional.empty();
    }
}

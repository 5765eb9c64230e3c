package io.statehub.sidecar.drill.restore;

import java.util.List;
import java.util.Optional;

/** Whether a database that is to be verified is the live one itself, which would pass and prove nothing. */
public final class LiveCluster {

    private LiveCluster() {}

    /**
     * Why it is taken for the live one; empty if it is another. A physical copy has the system identifier of its
     * origin, but was started after the backup, and once it was restored it is a primary in a later timeline. A member
     * that was promoted since the manifest is in a later timeline as well: it is known by when it was started, and as
     * the very server that answers at an address of the settings.
     *
     * @param expected of the manifest
     * @param found the server of the database that is to be verified
     * @param configuredAddress the address of the settings at which it answers, if it is one of those
     * @param live the servers that answer at the addresses of the settings; empty if none does
     */
    public static Optional<String> recognised(
            Origin expected, RunningServer found, Optional<String> configuredAddress, List<RunningServer> live) {
        if (live.stream().anyMatch(found::isThatOf)) {
            return Optional.of("the server that was started at " + found.startedAt() + " with system identifier "
                    + found.systemIdentifier() + " answers at an address that the settings name, too");
        }
        if (!expected.systemIdentifier().equals(found.systemIdentifier())) {
            return Optional.empty();
        }
        return sign(expected, found, configuredAddress)
                .map(sign -> "it has the manifest's system identifier " + found.systemIdentifier() + " and " + sign);
    }

    private static Optional<String> sign(Origin expected, RunningServer found, Optional<String> configuredAddress) {
        if (configuredAddress.isPresent()) {
            return Optional.of("answers at " + configuredAddress.get() + ", which the settings name");
        }
        if (found.timeline() <= expected.timeline()) {
            return Optional.of("timeline " + found.timeline() + ", the manifest " + expected.timeline()
                    + ": a restored copy would be on a later one");
        }
        if (found.startedAt().isBefore(expected.takenAt())) {
            return Optional.of("was started at " + found.startedAt() + ", before the manifest was taken at "
                    + expected.takenAt() + ": a copy restored from that backup would have been started later");
        }
        if (found.standby()) {
            return Optional.of("is a standby on timeline " + found.timeline()
                    + ": a copy that was restored and has ended its recovery would be a primary");
        }
        return Optional.empty();
    }
}

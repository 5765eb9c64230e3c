package io.statehub.sidecar.drill.restore;

import java.util.Optional;

/** Whether a database that is to be verified is the live one itself, which would pass and prove nothing. */
public final class LiveCluster {

    private LiveCluster() {}

    /**
     * Why it is taken for the live one; empty if it is another. A physical copy has the system identifier of its
     * origin, but goes on in a timeline of its own once it was restored.
     *
     * @param expected of the manifest
     * @param found of the database that is to be verified
     * @param configuredAddress the address of the settings at which it answers, if it is one of those
     */
    public static Optional<String> recognised(Origin expected, Origin found, Optional<String> configuredAddress) {
        if (!expected.systemIdentifier().equals(found.systemIdentifier())) {
            return Optional.empty();
        }
        String same = "it has the manifest's system identifier " + found.systemIdentifier();
        if (configuredAddress.isPresent()) {
            return Optional.of(same + " and answers at " + configuredAddress.get() + ", which the settings name");
        }
        if (found.timeline() <= expected.timeline()) {
            return Optional.of(same + " and timeline " + found.timeline() + ", the manifest " + expected.timeline()
                    + ": a restored copy would be on a later one");
        }
        return Optional.empty();
    }
}

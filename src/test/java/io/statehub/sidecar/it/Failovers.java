package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

/**
 * The failovers that a sidecar finishes after this was made: one made before a fault sees that fault's record alone.
 */
final class Failovers {

    private final WatchedSidecar sidecar;
    private final Set<String> known;

    private Failovers(WatchedSidecar sidecar) {
        this.sidecar = sidecar;
        this.known = FailoverReport.ids(sidecar.failovers());
    }

    static Failovers after(WatchedSidecar sidecar) {
        return new Failovers(sidecar);
    }

    /** Until the newest one is new, and checks that it is the only new one. */
    FailoverReport awaitNewest() {
        sidecar.until(
                () -> assertThat(FailoverReport.newest(sidecar.failovers()).map(FailoverReport::id))
                        .hasValueSatisfying(id -> assertThat(known).doesNotContain(id)));
        assertThat(fresh()).as("new failovers").hasSize(1);
        return FailoverReport.newest(sidecar.failovers()).orElseThrow();
    }

    /** The ids of those that have ended since. */
    Set<String> fresh() {
        Set<String> fresh = FailoverReport.ids(sidecar.failovers());
        fresh.removeAll(known);
        return fresh;
    }
}

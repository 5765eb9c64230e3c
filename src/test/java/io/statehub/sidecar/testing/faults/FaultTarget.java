package io.statehub.sidecar.testing.faults;

import static io.statehub.sidecar.testing.faults.Fault.CLOCK_AN_HOUR_BACK;
import static io.statehub.sidecar.testing.faults.Fault.CLOCK_AN_HOUR_ON;
import static io.statehub.sidecar.testing.faults.Fault.CLOCK_AT_1970;
import static io.statehub.sidecar.testing.faults.Fault.DISK_BREAKS;
import static io.statehub.sidecar.testing.faults.Fault.DISK_FULL;
import static io.statehub.sidecar.testing.faults.Fault.DISK_HANGS;
import static io.statehub.sidecar.testing.faults.Fault.FLAPPING;
import static io.statehub.sidecar.testing.faults.Fault.HANGING_LOGIN;
import static io.statehub.sidecar.testing.faults.Fault.MISLED;
import static io.statehub.sidecar.testing.faults.Fault.READ_ONLY;
import static io.statehub.sidecar.testing.faults.Fault.STOPPED_2_S;
import static io.statehub.sidecar.testing.faults.Fault.STOPPED_300_MS;
import static io.statehub.sidecar.testing.faults.Fault.STOPPED_60_S;
import static io.statehub.sidecar.testing.faults.Fault.TOO_MANY_CONNECTIONS;
import static io.statehub.sidecar.testing.faults.Fault.UNRESOLVED;

import java.util.EnumSet;
import java.util.Set;

/** What can fail. */
public enum FaultTarget {
    API(server(FLAPPING)),
    WRITE_ENDPOINT(server(FLAPPING, HANGING_LOGIN, TOO_MANY_CONNECTIONS, READ_ONLY)),
    PRIMARY(server(FLAPPING, HANGING_LOGIN, TOO_MANY_CONNECTIONS)),
    FIRST_STANDBY(server(FLAPPING, HANGING_LOGIN, TOO_MANY_CONNECTIONS)),
    SECOND_STANDBY(server(FLAPPING, HANGING_LOGIN, TOO_MANY_CONNECTIONS)),
    KUBERNETES(server(FLAPPING)),
    NAME_RESOLUTION(EnumSet.of(UNRESOLVED, MISLED)),
    JOURNAL_DISK(EnumSet.of(DISK_FULL, DISK_HANGS, DISK_BREAKS)),
    CLOCK(EnumSet.of(CLOCK_AN_HOUR_ON, CLOCK_AN_HOUR_BACK, CLOCK_AT_1970)),
    OWN_PROCESSOR(EnumSet.of(STOPPED_300_MS, STOPPED_2_S, STOPPED_60_S));

    @SuppressWarnings("ImmutableEnumChecker") // a copy that can't be changed
    private final Set<Fault> faults;

    FaultTarget(Set<Fault> faults) {
        this.faults = Set.copyOf(faults);
    }

    private static Set<Fault> server(Fault... more) {
        Set<Fault> faults = EnumSet.copyOf(Fault.OF_A_SERVER);
        faults.addAll(Fault.OF_TLS);
        faults.addAll(Set.of(more));
        return faults;
    }

    /** How it can fail. */
    public Set<Fault> faults() {
        return faults;
    }
}

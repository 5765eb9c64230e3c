package io.statehub.sidecar.it;

import java.util.Set;

/**
 * What befalls cluster or sidecar in a soak.
 *
 * @see SoakRun
 */
enum SoakEvent {
    /** The primary is killed, and a standby promoted after a while. */
    CRASH(20, true, Set.of("failover")),
    /** The same; the sidecar is killed before, and started at some moment of it. */
    CRASH_WHILE_THE_SIDECAR_RESTARTS(16, true, Set.of("failover")),
    /** The same, and the sidecar is frozen for a part of it. */
    CRASH_WHILE_THE_SIDECAR_IS_FROZEN(14, true, Set.of("failover")),
    /** The primary is frozen, a standby promoted, and the primary thaws as a second one. */
    FREEZE(14, true, Set.of("failover")),
    /** In order. A shutdown between two probes is not seen, and looks like a failover. */
    SWITCHOVER(16, true, Set.of("switchover", "failover")),
    /** The primary is stopped and comes back in place. */
    RESTART(5, false, Set.of("restart")),
    /** The primary is killed and comes back in place. */
    CRASH_IN_PLACE(4, false, Set.of("restart")),
    /** The way to the primary is silent for a while, or too short for anybody to see. */
    DROP(4, false, Set.of("blip", "none")),
    /** All connections are reset. */
    RESET(3, false, Set.of("blip", "none")),
    /** The sidecar alone is killed and restarted. */
    SIDECAR_KILLED(2, false, Set.of("none")),
    /** The sidecar alone is frozen, for longer than its targets may be silent. */
    SIDECAR_FROZEN(2, false, Set.of("none"));

    private final int weight;
    private final boolean promotes;

    @SuppressWarnings("ImmutableEnumChecker") // those of Set.of
    private final Set<String> outcomes;

    SoakEvent(int weight, boolean promotes, Set<String> outcomes) {
        this.weight = weight;
        this.promotes = promotes;
        this.outcomes = outcomes;
    }

    /** How often it is drawn, beside the others. */
    int weight() {
        return weight;
    }

    /** Whether another member is the primary afterwards. */
    boolean promotes() {
        return promotes;
    }

    /** How the record may end; {@code none} stands for no record at all. */
    Set<String> outcomes() {
        return outcomes;
    }

    /** Whether the second sidecar is killed or frozen in it: what it did not see, it can't bound. */
    boolean disturbsTheSidecar() {
        return switch (this) {
            case CRASH_WHILE_THE_SIDECAR_RESTARTS, CRASH_WHILE_THE_SIDECAR_IS_FROZEN, SIDECAR_KILLED, SIDECAR_FROZEN ->
                true;
            case CRASH, FREEZE, SWITCHOVER, RESTART, CRASH_IN_PLACE, DROP, RESET -> false;
        };
    }
}

package io.statehub.sidecar.testing.faults;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** How something fails. What it means to a target is that target's: {@link FaultTarget} says which it knows. */
public enum Fault {
    NONE,
    REFUSE,
    /** Nothing is read or answered; connections are made, as the kernel makes them for a process that is frozen. */
    DROP,
    DELAY_20_MS(20),
    DELAY_100_MS(100),
    DELAY_1_S(1_000),
    DELAY_10_S(10_000),
    DELAY_60_S(60_000),
    RESET_IN_MID_ANSWER,
    /** Our half of the connection is closed, theirs stays. */
    HALF_OPEN,
    /** A byte every 20 ms. */
    DRIP,
    GARBAGE,
    /** The end in the middle of an answer. */
    TRUNCATED,
    /** An answer that says that it is larger than anybody should take. */
    OVERSIZED,
    /** Sound words without an end. */
    ENDLESS,
    TLS_EXPIRED,
    TLS_WRONG_NAME,
    TLS_UNKNOWN_CA,
    HANGING_LOGIN,
    TOO_MANY_CONNECTIONS,
    READ_ONLY,
    /** It comes and goes, three times a second. */
    FLAPPING,
    /** The name has no address. */
    UNRESOLVED,
    /** The name leads to an address where nobody listens. */
    MISLED,
    DISK_FULL,
    DISK_HANGS,
    DISK_BREAKS,
    CLOCK_AN_HOUR_ON,
    CLOCK_AN_HOUR_BACK,
    CLOCK_AT_1970,
    /** This process did not run for so long. */
    STOPPED_300_MS(300),
    STOPPED_2_S(2_000),
    STOPPED_60_S(60_000);

    /** Those of a server with which one talks over a connection. */
    static final Set<Fault> OF_A_SERVER = EnumSet.range(REFUSE, ENDLESS);

    static final Set<Fault> OF_TLS = EnumSet.range(TLS_EXPIRED, TLS_UNKNOWN_CA);

    private final Duration time;

    Fault() {
        this(0);
    }

    Fault(long millis) {
        this.time = Duration.ofMillis(millis);
    }

    /** How long a delay or a stop takes; zero for all others. */
    public Duration time() {
        return time;
    }

    public boolean isDelay() {
        return name().startsWith("DELAY");
    }

    /** Whether it may be ours alone: the session that we don't get, or the certificate that we don't trust. */
    public boolean isOurs() {
        return this == TOO_MANY_CONNECTIONS || this == TLS_UNKNOWN_CA;
    }

    /** Whether it shows only in new connections, so that those that there are must end for it. */
    public boolean endsConnections() {
        return this == REFUSE || this == HANGING_LOGIN || this == TOO_MANY_CONNECTIONS || OF_TLS.contains(this);
    }
}

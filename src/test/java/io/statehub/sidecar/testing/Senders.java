package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.WalSender;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Who receives log from a server, as that server sees it: for {@link ObservedServer#sendingTo}. */
public final class Senders {

    private static final String STREAMING = "streaming";
    private static final String ASYNCHRONOUS = "async";

    private Senders() {}

    /** A standby that has everything, and that no commit waits for. */
    public static WalSender asynchronous(String name) {
        return asynchronous(name, 0);
    }

    /** A standby that no commit waits for, and that so many bytes have not reached. */
    public static WalSender asynchronous(String name, long bytes) {
        return sender(name, STREAMING, ASYNCHRONOUS, OptionalLong.of(bytes));
    }

    /** A standby that has everything, and is one of those of which enough are waited for. */
    public static WalSender quorum(String name) {
        return sender(name, STREAMING, "quorum", OptionalLong.of(0));
    }

    /** A copy of the data directory that is being made under this name. */
    public static WalSender baseBackup(String name) {
        return sender(name, "backup", ASYNCHRONOUS, OptionalLong.empty());
    }

    /**
     * On an idle upstream, which knows of no time lag.
     *
     * @param bytes not yet sent, written, flushed and replayed alike; empty if unknown
     */
    public static WalSender sender(String name, String state, String syncState, OptionalLong bytes) {
        return sender(name, state, syncState, bytes, Optional.empty());
    }

    /**
     * Whoever receives log.
     *
     * @param bytes not yet sent, written, flushed and replayed alike; empty if unknown
     */
    public static WalSender sender(
            String name, String state, String syncState, OptionalLong bytes, Optional<Duration> replayLag) {
        return new WalSender(name, state, syncState, bytes, bytes, bytes, bytes, replayLag);
    }
}

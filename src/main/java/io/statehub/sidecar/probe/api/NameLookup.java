package io.statehub.sidecar.probe.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of a name for each request: a connection to an address that the name has left would hide that
 * nobody else gets there any more.
 *
 * <p>Not left to the HTTP client, because under Quarkus it asks the JDK's blocking resolver on the event loop, and a
 * dead name server would then stop the health endpoint that shares the loop. At most one lookup is out at a time, so a
 * name server that never answers holds one worker thread. Used on the event loop only.
 */
final class NameLookup {

    private final String host;
    private @Nullable Future<InetAddress> latest;

    NameLookup(String host) {
        this.host = host;
    }

    /** The name's first address; fails with {@link java.net.UnknownHostException} if it has none. */
    Future<InetAddress> address(Context context) {
        Future<InetAddress> current = latest;
        if (current == null || current.isComplete()) {
            current = context.executeBlocking(() -> InetAddress.getByName(host), false);
            latest = current;
        }
        return current;
    }
}

package io.statehub.sidecar.probe.postgres;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the addresses of names come from. */
@FunctionalInterface
interface Resolver {

    /**
     * The addresses now; may take as long as it likes.
     *
     * @throws UnknownHostException if the name has none, or nobody can say
     */
    InetAddress[] addresses(String host) throws UnknownHostException;
}

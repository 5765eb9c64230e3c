package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports that stay ours while nothing listens on them. */
public final class FreePorts {

    /**
     * Below 32768, where the usual range of local ports for outgoing connections begins: a port from that range can be
     * taken by somebody's outgoing connection while a killed server or a refusing proxy is away from it.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private FreePorts() {}

    public static int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new LabException("no free port between %d and %d in %d attempts".formatted(LOWEST, HIGHEST, ATTEMPTS));
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}

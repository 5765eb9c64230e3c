package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports that stay ours while nothing listens on them: each is given out once, and JVMs that run tests beside
 * each other (the system property {@code test.fork} numbers them from 1) take theirs from ranges that don't meet.
 */
public final class FreePorts {

    /**
     * All are below 32768, where the usual range of local ports for outgoing connections begins: a port from that range
     * can be taken by somebody's outgoing connection while a killed server or a refusing proxy is away from it.
     */
    private static final int LOWEST = 12_000;

    private static final int PORTS_OF_A_FORK = 5_000;
    private static final int FORKS = 4;

    private static final int FIRST = LOWEST + PORTS_OF_A_FORK * ((Integer.getInteger("test.fork", 1) - 1) % FORKS);

    private static int given = ThreadLocalRandom.current().nextInt(PORTS_OF_A_FORK);

    private FreePorts() {}

    public static synchronized int next() {
        for (int attempt = 0; attempt < PORTS_OF_A_FORK; attempt++) {
            int port = FIRST + given++ % PORTS_OF_A_FORK;
            if (isFree(port)) {
                return port;
            }
        }
        throw new LabException("no free port from %d to %d".formatted(FIRST, FIRST + PORTS_OF_A_FORK - 1));
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}

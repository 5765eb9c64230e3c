package io.statehub.sidecar.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this machine calls itself. */
public final class HostName {

    private HostName() {}

    /** In Kubernetes the pod's name. */
    public static String get() {
        String variable = System.getenv("HOSTNAME");
        return variable == null || variable.isEmpty() ? ofMachine() : variable;
    }

    private static String ofMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // It has a name that has no address; the message begins with it.
            return String.valueOf(e.getMessage()).replaceAll(":.*", "");
        }
    }
}

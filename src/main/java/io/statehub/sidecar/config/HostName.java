package io.statehub.sidecar.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this machine, or this pod, calls itself. */
final class HostName {

    private HostName() {}

    /** In a pod it is the pod's name, and in the environment; elsewhere the resolver knows. */
    static String current() {
        String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment.strip();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // Its name has no address, which is no reason not to use it as one.
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(':');
            return colon > 0 ? message.substring(0, colon) : "sidecar";
        }
    }
}

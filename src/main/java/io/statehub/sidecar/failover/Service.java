package io.statehub.sidecar.failover;

import java.util.Locale;

/** What can be out of service, and is measured. */
public enum Service {
    /** Writes through the write endpoint. */
    WRITE,
    /** Reads from any member. */
    READ,
    /** The API's own answer on its readiness path, which reads the database. */
    API;

    /** The name in metrics and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

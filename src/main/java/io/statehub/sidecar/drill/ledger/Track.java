package io.statehub.sidecar.drill.ledger;

import java.util.Locale;

/** What a drill tries again and again. */
public enum Track {
    /** A write through the write endpoint. */
    WRITE("writes"),
    /** A read through the read endpoint. */
    READ("reads"),
    /** The API's liveness path. */
    API_LIVENESS("API, liveness path"),
    /** The API's readiness path. */
    API_READINESS("API, readiness path"),
    /** Whether the API's Deployment is whole. */
    DEPLOYMENT("Deployment, all pods ready");

    private final String words;

    Track(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** The name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

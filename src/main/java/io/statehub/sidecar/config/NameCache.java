package io.statehub.sidecar.config;

import java.security.Security;

/**
 * The Java runtime keeps the addresses of names for half a minute, in which a failover that moves a name is over. Every
 * lookup of ours is one an interval at most, so that nothing is kept; name servers and the machine have caches of their
 * own, which know how long an address holds.
 *
 * <p>A native executable has what its build was told: {@code application.properties} tells it the same.
 */
public final class NameCache {

    private NameCache() {}

    /** Before anything is looked up: the runtime reads it once. */
    public static void off() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }
}

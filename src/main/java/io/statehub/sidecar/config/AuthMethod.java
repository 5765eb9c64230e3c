package io.statehub.sidecar.config;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How a server may ask who we are, as in libpq's {@code require_auth}. */
public enum AuthMethod {
    /** The password as it is. */
    PASSWORD,
    /** A hash that serves whoever has it as well as the password does. */
    MD5,
    /** A proof of the password that tells nobody what it is, and that the server knows it too. */
    SCRAM_SHA_256,
    /** Nothing is asked: the server trusts us, or a client certificate. */
    NONE;

    /** Nothing that gives the password away to whoever answers. */
    static final Set<AuthMethod> SAFE = EnumSet.of(SCRAM_SHA_256, NONE);

    /** The name that the driver takes, such as {@code scram-sha-256}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

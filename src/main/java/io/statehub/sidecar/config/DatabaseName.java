package io.statehub.sidecar.config;

import java.util.regex.Pattern;

/**
 * What the name of a database may be: PostgreSQL takes nearly everything, and none of that may be read as more than a
 * name.
 */
final class DatabaseName {

    static final String ALLOWED =
            "the name of a database: at most 63 letters, digits and any of _ . $ @ + - with no spaces";

    static final String FORM = "[\\p{L}\\p{N}_.$@+-]{1,63}";

    private static final Pattern COMPILED = Pattern.compile(FORM);

    private DatabaseName() {}

    /** @throws IllegalArgumentException if it is none */
    static void check(String name) {
        if (!COMPILED.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a database");
        }
    }
}

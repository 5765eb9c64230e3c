package io.statehub.sidecar.cli.restore;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as they are typed: {@code 65536}, {@code 64K}, {@code 16M}, {@code 1G}, in powers of 1024. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,8})([KMG]?)");
    private static final int BITS = 10;

    private Sizes() {}

    /** Bytes, above 0; empty if the text is no size. */
    static OptionalLong parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return OptionalLong.empty();
        }
        int shift = size.group(2).isEmpty() ? 0 : BITS * ("KMG".indexOf(size.group(2)) + 1);
        return OptionalLong.of(Long.parseLong(size.group(1)) << shift);
    }

    static String notAllowed(String option, String text) {
        return option + ": '" + text
                + "' is not allowed: it must be a size above 0, such as 65536, 64K, 16M or 1G (powers of 1024)";
    }
}

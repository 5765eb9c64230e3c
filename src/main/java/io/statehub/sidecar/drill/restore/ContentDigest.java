package io.statehub.sidecar.drill.restore;

import java.util.regex.Pattern;

/**
 * A digest of many rows that doesn't depend on their order: two sums, each modulo 2^64, of two 64-bit hashes of each
 * row. A row that is there twice counts twice. Two different sets of rows have the same digest by accident with a
 * probability of 2^-64, since both hashes of a row are made of the same 64 bits; against somebody who chooses rows so
 * that they have, it protects nobody.
 */
public record ContentDigest(long first, long second) {

    /** That of no rows. */
    public static final ContentDigest NONE = new ContentDigest(0, 0);

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final int LANE = 16;
    private static final int HEX = 16;

    /**
     * Reads 32 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static ContentDigest parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no digest: it must have 32 hexadecimal digits");
        }
        return new ContentDigest(
                Long.parseUnsignedLong(text.substring(0, LANE), HEX),
                Long.parseUnsignedLong(text.substring(LANE), HEX));
    }

    /** That of these rows and those. */
    public ContentDigest plus(ContentDigest other) {
        return new ContentDigest(first + other.first, second + other.second);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return "%016x%016x".formatted(first, second);
    }
}

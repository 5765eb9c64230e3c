package io.statehub.sidecar.observation;

import java.util.regex.Pattern;

/**
 * A position in the write-ahead log, in bytes since the cluster was made (PostgreSQL's {@code pg_lsn}).
 *
 * <p>Positions may be compared only within one system identifier and one timeline: after a promotion two servers write
 * different bytes at the same position.
 *
 * @param position the byte position, unsigned 64 bits
 */
public record Lsn(long position) implements Comparable<Lsn> {

    /** Stricter than {@link Integer#parseUnsignedInt}, which takes a plus sign and the digits of any script. */
    private static final Pattern TEXT = Pattern.compile("\\p{XDigit}{1,8}/\\p{XDigit}{1,8}");

    private static final int HEX = 16;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    /**
     * Reads PostgreSQL's text form: two hexadecimal halves of 32 bits, as in {@code 16/B374D848}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Lsn parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an LSN such as 16/B374D848");
        }
        int slash = text.indexOf('/');
        long high = Integer.parseUnsignedInt(text.substring(0, slash), HEX);
        long low = Integer.parseUnsignedInt(text.substring(slash + 1), HEX);
        return new Lsn((high << Integer.SIZE) | (low & LOW_HALF));
    }

    /** Bytes of log from {@code earlier} to this position; negative if this position comes first. */
    public long bytesSince(Lsn earlier) {
        return position - earlier.position;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(position >>> Integer.SIZE, position & LOW_HALF);
    }
}

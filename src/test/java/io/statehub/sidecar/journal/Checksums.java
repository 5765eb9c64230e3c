package io.statehub.sidecar.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Lines that are whole, whatever they say. */
final class Checksums {

    private static final String MEMBER = ",\"crc32c\":\"";

    private Checksums() {}

    /** A line's text up to its checksum. */
    static String withoutChecksum(byte[] line) {
        String text = new String(line, UTF_8);
        return text.substring(0, text.lastIndexOf(MEMBER));
    }

    /** The line of this text, its checksum and its end. */
    static byte[] line(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(UTF_8));
        return (text + MEMBER + HexFormat.of().toHexDigits((int) checksum.getValue()) + "\"}\n").getBytes(UTF_8);
    }

    /** The same line as format 1 had it. */
    static byte[] inFormatOne(byte[] line) {
        return line(withoutChecksum(line).replaceFirst("\"v\":2", "\"v\":1"));
    }
}

package io.statehub.sidecar.journal.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.json.JsonLibrary;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * An entry as a line: <code>{"v":2,"kind":"event",…,"crc32c":"8hex"}</code>, the checksum over every byte before its
 * own member. Format and kind come first and the checksum last, so that all three are told without reading what stands
 * between.
 */
public final class SealedLine {

    /**
     * The format that is written. Format 1 had its lines in numbered files; a line that is taken over stays what it is.
     */
    public static final int FORMAT = 2;

    /** Bytes of a line without its end: many times what an incident takes, and still read in one piece. */
    public static final int MAX_BYTES = 256 << 10;

    private static final Pattern START = Pattern.compile("\\{\"v\":(\\d{1,9}),\"kind\":\"([a-z]{1,20})\",");
    private static final Pattern VERSION = Pattern.compile("\\{\"v\":(\\d{1,9})[,}]");
    private static final int LONGEST_START = 60;
    private static final int CHECKSUM_LENGTH = checksum(new byte[0], 0).length;

    private SealedLine() {}

    /** The line of an entry, its end included. */
    public static byte[] of(LineKind kind, JsonObject members) {
        String rest = members.toString().substring(1);
        String start = "{\"v\":" + FORMAT + ",\"kind\":\"" + kind.label() + "\",";
        byte[] text = (start + rest.substring(0, rest.length() - 1)).getBytes(UTF_8);
        byte[] line = Arrays.copyOf(text, text.length + CHECKSUM_LENGTH + 1);
        System.arraycopy(checksum(text, text.length), 0, line, text.length, CHECKSUM_LENGTH);
        line[line.length - 1] = '\n';
        return line;
    }

    /** The kind of a line, given without its end, that is whole and of a format we know; empty for every other. */
    static Optional<LineKind> kind(byte[] line) {
        if (line.length <= CHECKSUM_LENGTH) {
            return Optional.empty();
        }
        Matcher start = START.matcher(start(line));
        return start.lookingAt() && Integer.parseInt(start.group(1)) <= FORMAT && isWhole(line)
                ? LineKind.labelled(start.group(2))
                : Optional.empty();
    }

    /**
     * The format that a file's first line names, if a program newer than this one wrote it; whatever its checksum is.
     */
    static Optional<Integer> newerFormat(byte[] firstLine) {
        Matcher version = VERSION.matcher(start(firstLine));
        return version.lookingAt()
                ? Optional.of(Integer.valueOf(version.group(1))).filter(format -> format > FORMAT)
                : Optional.empty();
    }

    /** A line that was read, with its end. */
    static byte[] withEnd(byte[] line) {
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        return whole;
    }

    /**
     * What a whole line says.
     *
     * @throws RuntimeException if that is not a JSON object, with whichever exception the parser has
     */
    static JsonObject read(byte[] line) {
        return JsonLibrary.object(new String(line, UTF_8));
    }

    private static String start(byte[] line) {
        return new String(line, 0, Math.min(line.length, LONGEST_START), ISO_8859_1);
    }

    private static boolean isWhole(byte[] line) {
        int start = line.length - CHECKSUM_LENGTH;
        return Arrays.equals(line, start, line.length, checksum(line, start), 0, CHECKSUM_LENGTH);
    }

    /** The checksum's member and the end of the object. */
    private static byte[] checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        String hex = HexFormat.of().toHexDigits((int) checksum.getValue());
        return (",\"crc32c\":\"" + hex + "\"}").getBytes(UTF_8);
    }
}

package io.statehub.sidecar.journal;

import static io.statehub.sidecar.json.JsonLibrary.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An entry as a line: <code>{"v":1,…,"crc32c":"8hex"}</code>, the checksum over every byte before its own member.
 *
 * <p>The version comes first and the checksum last, so both can be told without understanding what stands between.
 */
final class JournalLine {

    static final int VERSION = 1;
    /** Bytes of a line without its end; hundreds of times what a failover needs, and still read in one piece. */
    static final int MAX_BYTES = 1 << 20;

    private static final String VERSION_MEMBER = "v";
    private static final String CHECKSUM_MEMBER = "crc32c";
    private static final int CHECKSUM_LENGTH = checksum(new byte[0], 0).length;

    private JournalLine() {}

    /** What a line turned out to be. */
    sealed interface Reading {}

    record Intact(JsonObject body) implements Reading {}

    /** Whole, and written by a program that we don't know. */
    record Foreign(String version) implements Reading {}

    record Corrupt() implements Reading {}

    /**
     * The line of an entry, its end included.
     *
     * @throws IllegalArgumentException if the entry has one of the two members that are the journal's own
     */
    static byte[] encode(JsonObject body) {
        if (body.containsKey(VERSION_MEMBER) || body.containsKey(CHECKSUM_MEMBER)) {
            throw new IllegalArgumentException(
                    "an entry must not have the members " + VERSION_MEMBER + " and " + CHECKSUM_MEMBER);
        }
        String members = body.isEmpty() ? "}" : "," + body.toString().substring(1);
        String text = "{\"" + VERSION_MEMBER + "\":" + VERSION + members;
        byte[] start = text.substring(0, text.length() - 1).getBytes(UTF_8);
        byte[] line = Arrays.copyOf(start, start.length + CHECKSUM_LENGTH + 1);
        System.arraycopy(checksum(start, start.length), 0, line, start.length, CHECKSUM_LENGTH);
        line[line.length - 1] = '\n';
        return line;
    }

    /**
     * Reads a line, given without its end.
     *
     * @param first whether it is a file's first: there a version is believed even if the checksum isn't ours, since a
     *     later version may have another
     */
    static Reading read(byte[] line, boolean first) {
        boolean whole = isWhole(line);
        if (!whole && !first) {
            return new Corrupt();
        }
        Optional<JsonObject> object = parsed(line);
        if (object.isEmpty()) {
            return new Corrupt();
        }
        Optional<String> version = version(object.get());
        if (version.isPresent() && !version.get().equals(Integer.toString(VERSION))) {
            return new Foreign(version.get());
        }
        if (!whole) {
            return new Corrupt();
        }
        if (version.isEmpty()) {
            return new Foreign("(none)");
        }
        return new Intact(JSON.createObjectBuilder(object.get())
                .remove(VERSION_MEMBER)
                .remove(CHECKSUM_MEMBER)
                .build());
    }

    private static boolean isWhole(byte[] line) {
        int start = line.length - CHECKSUM_LENGTH;
        return start > 0 && Arrays.equals(line, start, line.length, checksum(line, start), 0, CHECKSUM_LENGTH);
    }

    /** The checksum's member and the end of the object. */
    private static byte[] checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        String hex = HexFormat.of().toHexDigits((int) checksum.getValue());
        return (",\"" + CHECKSUM_MEMBER + "\":\"" + hex + "\"}").getBytes(UTF_8);
    }

    /** Empty for whatever the parser rejects, with whichever of its exceptions. */
    private static Optional<JsonObject> parsed(byte[] line) {
        try (JsonReader reader = JSON.createReader(new StringReader(new String(line, UTF_8)))) {
            return Optional.of(reader.readObject());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> version(JsonObject object) {
        return object.get(VERSION_MEMBER) instanceof JsonNumber number
                ? Optional.of(number.toString())
                : Optional.empty();
    }
}

package io.statehub.sidecar.probe.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The secret that is shown to the API: {@link #header()} is for the request alone, {@link #isIn} keeps it out of what a
 * server makes us print.
 */
final class BearerToken {

    /** Far above any token that a server would take in a header, far below what would hurt. */
    static final int MAX_BYTES = 64 * 1024;

    /** Enough to know a token again, whether a text repeats it whole or was cut in the middle of it. */
    private static final int RECOGNISABLE = 8;

    private final String value;

    private BearerToken(String value) {
        this.value = value;
    }

    /**
     * Reads a token, without the space around it that editors leave.
     *
     * @throws IOException with a sentence that says what is wrong with the file, and nothing of what it holds
     */
    static BearerToken read(Path file) throws IOException {
        String text = new String(BoundedFile.read(file, MAX_BYTES), StandardCharsets.ISO_8859_1).strip();
        if (text.isEmpty()) {
            throw new IOException(file + " is empty");
        }
        // Anything else would either break the header or let the file's author write headers of their own.
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IOException(file + " holds characters other than visible ASCII, which no token has");
        }
        return new BearerToken(text);
    }

    String header() {
        return "Bearer " + value;
    }

    /** Whether the text repeats this token, or enough of its beginning. */
    boolean isIn(String text) {
        return text.contains(value.substring(0, Math.min(RECOGNISABLE, value.length())));
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}

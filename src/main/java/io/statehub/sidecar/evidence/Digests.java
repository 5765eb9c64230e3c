package io.statehub.sidecar.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256. */
final class Digests {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private Digests() {}

    /**
     * The text.
     *
     * @throws IllegalArgumentException if it is no digest: 64 hexadecimal digits in lower case
     */
    static String require(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a SHA-256 digest");
        }
        return text;
    }

    static MessageDigest begun() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(String text) {
        MessageDigest digest = begun();
        digest.update(text.getBytes(UTF_8));
        return hex(digest);
    }
}

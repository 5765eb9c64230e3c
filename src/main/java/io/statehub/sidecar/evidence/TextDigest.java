package io.statehub.sidecar.evidence;

/** What an approval is bound by. */
public final class TextDigest {

    private TextDigest() {}

    /** SHA-256 of the text as UTF-8, as 64 hexadecimal digits. */
    public static String of(String text) {
        return Digests.of(text);
    }
}

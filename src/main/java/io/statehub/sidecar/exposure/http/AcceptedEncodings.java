package io.statehub.sidecar.exposure.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client says of encodings (RFC 9110, section 12.5.3), as far as it matters here. */
final class AcceptedEncodings {

    private AcceptedEncodings() {}

    /** Whether the client asks for gzip; the answer to one that says nothing is not compressed. */
    static boolean gzip(@Nullable String header) {
        if (header == null) {
            return false;
        }
        Optional<String> named = entry("gzip", header);
        return named.or(() -> entry("*", header))
                .filter(entry -> !entry.matches(".*;\\s*q=0(\\.0{0,3})?\\s*"))
                .isPresent();
    }

    private static Optional<String> entry(String coding, String header) {
        return Arrays.stream(header.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::trim)
                .filter(entry -> coding.equals(entry.split(";", 2)[0].trim()))
                .findFirst();
    }
}

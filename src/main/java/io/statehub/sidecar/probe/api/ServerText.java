package io.statehub.sidecar.probe.api;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text that a server wrote, made fit for a message: short, one line, and not our own secret sent back. */
final class ServerText {

    private static final int MAX_CHARS = 100;
    /** More than can be shown, so that cutting comes after cleaning; four bytes are UTF-8's longest character. */
    private static final int MAX_BYTES = 4 * MAX_CHARS;

    private ServerText() {}

    static String quote(Buffer body, Optional<BearerToken> secret) {
        int length = Math.min(body.length(), MAX_BYTES);
        return quote(new String(body.getBytes(0, length), StandardCharsets.UTF_8), secret);
    }

    /** For what can't hold a secret, as none has been sent. */
    static String quote(String text) {
        return quote(text, Optional.empty());
    }

    static String quote(String text, Optional<BearerToken> secret) {
        if (secret.isPresent() && secret.get().isIn(text)) {
            return "(withheld: it repeats the token)";
        }
        // Category C: control and format characters, among them escape sequences and changes of writing direction.
        String clean = text.replaceAll("[\\p{C}\\s]+", " ").strip();
        return '\'' + (clean.length() <= MAX_CHARS ? clean : clean.substring(0, MAX_CHARS) + "…") + '\'';
    }
}

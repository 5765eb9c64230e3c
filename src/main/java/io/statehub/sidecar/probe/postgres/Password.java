package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the password comes from. It is asked for with each new connection, so that a rotated file needs no restart. */
@FunctionalInterface
interface Password {

    /** A password is short; a path that leads to a large file is a slip. */
    int MAX_BYTES = 8192;

    /**
     * The password now, or empty to log in without one.
     *
     * @throws UnreadablePasswordException if its file can't be read
     */
    Optional<String> read();

    static Password fixed(Optional<String> password) {
        return () -> password;
    }

    /** The content of a file without its last line break, which editors and {@code kubectl} add. */
    static Password inFile(Path file) {
        return () -> {
            try (var in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(MAX_BYTES + 1);
                if (content.length > MAX_BYTES) {
                    throw new IOException("it is larger than the allowed " + MAX_BYTES + " bytes");
                }
                String password = new String(content, StandardCharsets.UTF_8);
                return Optional.of(
                        password.endsWith("\r\n")
                                ? password.substring(0, password.length() - 2)
                                : password.endsWith("\n") ? password.substring(0, password.length() - 1) : password);
            } catch (IOException e) {
                throw new UnreadablePasswordException(file, e);
            }
        };
    }

    /** The password file can't be read: missing, forbidden or far too large. */
    final class UnreadablePasswordException extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        UnreadablePasswordException(Path file, IOException cause) {
            super("password file " + file + " can't be read: " + Refusal.of(cause, file), cause);
        }
    }
}

package io.statehub.sidecar.probe;

import io.statehub.sidecar.observation.Causes;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Tells what this process has run out of from what a target does: it proves nothing of anybody else. */
public final class OwnLimits {

    /** Of what the operating system has none left for this process (EMFILE, ENFILE, EADDRNOTAVAIL, ENOBUFS, ENOMEM). */
    private static final List<String> WORDS = List.of(
            "Too many open files",
            "Cannot assign requested address",
            "No buffer space available",
            "Cannot allocate memory");

    private static final String ANY_FILE = "/dev/null";

    private OwnLimits() {}

    /**
     * What this process has run out of, if that is why something was thrown. A resolver that can't open a socket or its
     * own files says that there is no such name: so after that it is tried whether anything can be opened at all.
     *
     * @return in the words of the operating system; empty if it is another reason
     */
    public static Optional<String> behind(Throwable thrown) {
        Optional<String> said = said(thrown);
        return said.isEmpty() && Causes.find(thrown, UnknownHostException.class).isPresent() ? opening(ANY_FILE) : said;
    }

    /** A server may say the same of itself, which is no {@link IOException}; TLS repeats what a certificate holds. */
    private static Optional<String> said(Throwable thrown) {
        return Causes.of(thrown)
                .filter(cause -> cause instanceof IOException && !(cause instanceof SSLException))
                .map(cause -> String.valueOf(cause.getMessage()))
                .flatMap(message -> WORDS.stream().filter(message::contains))
                .findFirst();
    }

    /** What stands against opening a file; empty if nothing does, or something else than a limit. */
    static Optional<String> opening(String file) {
        try {
            new FileInputStream(file).close();
            return Optional.empty();
        } catch (IOException e) {
            return said(e);
        }
    }
}

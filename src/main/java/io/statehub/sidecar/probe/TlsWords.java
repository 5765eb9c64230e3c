package io.statehub.sidecar.probe;

import io.statehub.sidecar.observation.Causes;
import io.statehub.sidecar.observation.FailureKind;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;

/** What a TLS connection failed for: of which kind that is, and in a few words of a closed vocabulary. */
public final class TlsWords {

    private static final String OTHER_CA = "certificate of an unknown CA";

    private TlsWords() {}

    /** Whose fault it is: the authorities that we trust are our own, and so is the certificate that we may show. */
    public static FailureKind kind(Throwable thrown) {
        if (of(thrown).filter(OTHER_CA::equals).isPresent()) {
            return FailureKind.UNTRUSTED;
        }
        return said(
                        thrown,
                        "alert: certificate_",
                        "alert: bad_certificate",
                        "alert: unknown_ca",
                        "alert: access_denied")
                ? FailureKind.AUTHENTICATION
                : FailureKind.TLS;
    }

    /** Empty if what was thrown doesn't tell. */
    public static Optional<String> of(Throwable thrown) {
        if (Causes.find(thrown, CertPathBuilderException.class).isPresent()
                || said(thrown, "signature check failed", "trust anchor")) {
            return Optional.of(OTHER_CA);
        }
        if (Causes.find(thrown, CertificateExpiredException.class).isPresent()) {
            return Optional.of("expired certificate");
        }
        if (Causes.find(thrown, CertificateNotYetValidException.class).isPresent()) {
            return Optional.of("certificate not valid yet");
        }
        if (said(thrown, "No name matching", "No subject alternative", "hostname")) {
            return Optional.of("certificate of another host");
        }
        return said(thrown, "does not support SSL", "Unsupported or unrecognized SSL message")
                ? Optional.of("no TLS offered")
                : Optional.empty();
    }

    /** Driver and runtime have no types of their own for these. */
    private static boolean said(Throwable thrown, String... words) {
        return Causes.of(thrown)
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(message -> Stream.of(words).anyMatch(message::contains));
    }
}

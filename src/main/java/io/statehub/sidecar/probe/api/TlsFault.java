package io.statehub.sidecar.probe.api;

import io.netty.handler.ssl.NotSslRecordException;
import io.statehub.sidecar.observation.Causes;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.probe.TlsWords;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Words for a TLS session that came to nothing. The JDK's own are exact and help few.
 *
 * @param target who was asked
 * @param trust where the trusted certificates come from, for people
 */
record TlsFault(ApiTarget target, String trust) {

    Failure explain(Throwable cause) {
        return new Failure(TlsWords.kind(cause), target.server() + " " + complaint(cause));
    }

    private String complaint(Throwable cause) {
        if (Causes.find(cause, NotSslRecordException.class).isPresent()) {
            return "answers in plain text where TLS is expected: is it an http:// address?";
        }
        if (TlsWords.kind(cause) == FailureKind.UNTRUSTED) {
            return "shows a certificate of an unknown CA; trusted are those of " + trust;
        }
        if (Causes.find(cause, CertificateExpiredException.class).isPresent()) {
            return "shows a certificate that has expired" + innermost(cause);
        }
        if (Causes.find(cause, CertificateNotYetValidException.class).isPresent()) {
            return "shows a certificate that is not valid yet" + innermost(cause);
        }
        Optional<CertificateException> rejected = Causes.find(cause, CertificateException.class);
        if (rejected.isPresent()) {
            String fault = isWrongName(rejected.get()) ? "not for " + target.host() : "not valid";
            return "shows a certificate that is " + fault + innermost(cause);
        }
        if (Causes.of(cause).anyMatch(link -> link instanceof IOException && !(link instanceof SSLException))) {
            return "dropped the connection while TLS was being agreed on";
        }
        return "and we agree on no TLS session" + innermost(cause);
    }

    /** The JDK has no type of its own for it, only these two sentences. */
    private static boolean isWrongName(CertificateException rejected) {
        String message = String.valueOf(rejected.getMessage());
        return message.startsWith("No name matching") || message.startsWith("No subject alternative");
    }

    private static String innermost(Throwable cause) {
        Throwable last = Causes.of(cause).reduce((outer, inner) -> inner).orElse(cause);
        String message = last.getMessage();
        return message == null ? "" : ": " + ServerText.quote(message);
    }
}

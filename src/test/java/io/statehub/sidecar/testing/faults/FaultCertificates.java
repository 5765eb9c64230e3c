package io.statehub.sidecar.testing.faults;

import io.statehub.sidecar.testing.CertificateAuthority;
import io.statehub.sidecar.testing.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.GeneralName;

/** A certificate for every server of a matrix, and those that nobody should believe. */
public final class FaultCertificates {

    private final SSLContext sound;
    private final SSLContext expired;
    private final SSLContext otherName;
    private final SSLContext otherAuthority;

    private FaultCertificates(SSLContext sound, SSLContext expired, SSLContext otherName, SSLContext otherAuthority) {
        this.sound = sound;
        this.expired = expired;
        this.otherName = otherName;
        this.otherAuthority = otherAuthority;
    }

    /**
     * Makes them.
     *
     * @param trusted where the certificate is written that is to be trusted
     */
    public static FaultCertificates make(Path trusted) throws IOException, GeneralSecurityException {
        CertificateAuthority authority = CertificateAuthority.named("matrix-ca");
        Files.writeString(trusted, Pem.of(authority.certificate()));
        GeneralName[] names = {CertificateAuthority.dns("*" + HostsFile.DOMAIN), CertificateAuthority.ip("127.0.0.1")};
        return new FaultCertificates(
                authority.issue("sound", names).serverContext(),
                authority
                        .issue("expired", Instant.now().minus(Duration.ofDays(3)), names)
                        .serverContext(),
                authority
                        .issue("elsewhere", CertificateAuthority.dns("elsewhere.test"))
                        .serverContext(),
                CertificateAuthority.named("other-ca").issue("other", names).serverContext());
    }

    SSLContext context(Fault fault) {
        return switch (fault) {
            case TLS_EXPIRED -> expired;
            case TLS_WRONG_NAME -> otherName;
            case TLS_UNKNOWN_CA -> otherAuthority;
            default -> sound;
        };
    }
}

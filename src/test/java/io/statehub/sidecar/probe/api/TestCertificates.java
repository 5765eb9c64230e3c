package io.statehub.sidecar.probe.api;

import static io.statehub.sidecar.testing.CertificateAuthority.dns;
import static io.statehub.sidecar.testing.CertificateAuthority.ip;

import io.statehub.sidecar.testing.CertificateAuthority;
import io.statehub.sidecar.testing.CertificateAuthority.Identity;
import io.statehub.sidecar.testing.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/** A CA and servers with certificates from it, sound ones and others. */
final class TestCertificates {

    private final Map<String, X509Certificate> authorities;
    private final Map<String, Identity> servers;

    private TestCertificates() throws GeneralSecurityException {
        CertificateAuthority ca = CertificateAuthority.named("ca");
        authorities = Map.of(
                "ca", ca.certificate(),
                "other-ca", CertificateAuthority.named("other-ca").certificate());
        servers = Map.of(
                "localhost", ca.issue("localhost", dns("localhost"), ip("127.0.0.1")),
                "elsewhere", ca.issue("elsewhere", dns("elsewhere.test")),
                "expired", ca.issue("expired", Instant.now().minus(Duration.ofDays(3)), dns("localhost")));
    }

    static TestCertificates make() throws GeneralSecurityException {
        return new TestCertificates();
    }

    /** What a server needs to show the certificate of that name. */
    SSLContext server(String alias) throws IOException, GeneralSecurityException {
        return Objects.requireNonNull(servers.get(alias), alias).serverContext();
    }

    /** The authority's certificate of that name as PEM. */
    String pem(String alias) throws GeneralSecurityException {
        return Pem.of(Objects.requireNonNull(authorities.get(alias), alias));
    }
}

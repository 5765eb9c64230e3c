package io.statehub.sidecar.testing.lab;

import static io.statehub.sidecar.testing.CertificateAuthority.dns;
import static io.statehub.sidecar.testing.CertificateAuthority.ip;

import io.statehub.sidecar.testing.CertificateAuthority;
import io.statehub.sidecar.testing.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** A certificate authority of the lab's own and one server certificate for localhost and 127.0.0.1, as PEM files. */
public final class LabCertificates {

    private final Path directory;
    private final CertificateAuthority authority;
    private final CertificateAuthority.Identity server;

    private LabCertificates(Path directory) throws GeneralSecurityException {
        this.directory = directory;
        this.authority = CertificateAuthority.named("State Hub lab CA");
        this.server = authority.issue("localhost", dns("localhost"), ip("127.0.0.1"));
    }

    /** Makes new ones, as three PEM files in the directory, which must exist. */
    public static LabCertificates createIn(Path directory) {
        try {
            LabCertificates certificates = new LabCertificates(directory);
            certificates.writePem();
            return certificates;
        } catch (IOException | GeneralSecurityException failure) {
            throw new LabException("cannot make certificates in " + directory, failure);
        }
    }

    public Path authority() {
        return directory.resolve("ca.crt");
    }

    public Path serverCertificate() {
        return directory.resolve("server.crt");
    }

    /** PKCS#8, unencrypted, readable by its owner only. */
    public Path serverKey() {
        return directory.resolve("server.key");
    }

    /** Shows the certificate for localhost. */
    public SSLContext serverContext() {
        try {
            return server.serverContext();
        } catch (GeneralSecurityException | IOException failure) {
            throw new LabException("cannot use the lab's certificates", failure);
        }
    }

    /** Trusts this authority and no other. */
    public SSLContext clientContext() {
        try {
            return authority.clientContext();
        } catch (GeneralSecurityException | IOException failure) {
            throw new LabException("cannot trust the lab's certificates", failure);
        }
    }

    private void writePem() throws IOException, GeneralSecurityException {
        Files.writeString(authority(), Pem.of(authority.certificate()));
        Files.writeString(serverCertificate(), Pem.of(server.certificate()));
        Directories.writePrivate(serverKey(), Pem.of(server.key()));
    }
}

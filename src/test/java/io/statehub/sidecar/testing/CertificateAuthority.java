package io.statehub.sidecar.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of the tests' own, with keys on the curve P-256. Made in this process: a {@code keytool}
 * takes a second for each certificate.
 */
public final class CertificateAuthority {

    /** The clocks of a test and of what it tests are one, so a little before now is early enough. */
    private static final Duration SINCE = Duration.ofHours(1);

    private static final Duration LIFETIME = Duration.ofDays(2);
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final char[] PASSWORD = "certificates".toCharArray();

    private final KeyPair keys;
    private final X500Name name;
    private final X509Certificate certificate;

    private CertificateAuthority(String commonName) throws GeneralSecurityException {
        this.keys = newKeys();
        this.name = new X500Name("CN=" + commonName);
        this.certificate =
                sign(new Request(keys, name, Instant.now().minus(SINCE)), name, keys.getPrivate(), builder -> {
                    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
                    builder.addExtension(
                            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
                });
    }

    /** A key with its certificate and that of the authority. */
    public record Identity(PrivateKey key, X509Certificate certificate, X509Certificate authority) {

        /** What a server needs to show this certificate. */
        public SSLContext serverContext() throws GeneralSecurityException, IOException {
            KeyStore store = emptyStore();
            store.setKeyEntry("own", key, PASSWORD, new X509Certificate[] {certificate, authority});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        }
    }

    private record Request(KeyPair keys, X500Name subject, Instant validFrom) {}

    /** Adds what a certificate says beyond names, key and time. */
    @FunctionalInterface
    private interface Extensions {

        void addTo(X509v3CertificateBuilder builder) throws IOException;
    }

    public static CertificateAuthority named(String commonName) throws GeneralSecurityException {
        return new CertificateAuthority(commonName);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A server's identity, valid from an hour ago on for two days. */
    public Identity issue(String commonName, GeneralName... names) throws GeneralSecurityException {
        return issue(commonName, Instant.now().minus(SINCE), names);
    }

    /** A server's identity that ran out two days after that moment. */
    public Identity issue(String commonName, Instant validFrom, GeneralName... names) throws GeneralSecurityException {
        Request request = new Request(newKeys(), new X500Name("CN=" + commonName), validFrom);
        X509Certificate issued = sign(
                request,
                name,
                keys.getPrivate(),
                builder -> builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names)));
        return new Identity(request.keys().getPrivate(), issued, certificate);
    }

    public static GeneralName dns(String host) {
        return new GeneralName(GeneralName.dNSName, host);
    }

    public static GeneralName ip(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }

    /** Trusts this authority and no other. */
    public SSLContext clientContext() throws GeneralSecurityException, IOException {
        KeyStore trusted = emptyStore();
        trusted.setCertificateEntry("ca", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static X509Certificate sign(Request request, X500Name issuer, PrivateKey by, Extensions extensions)
            throws GeneralSecurityException {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(request.validFrom()),
                Date.from(request.validFrom().plus(LIFETIME)),
                request.subject(),
                request.keys().getPublic());
        try {
            extensions.addTo(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)));
        } catch (IOException | OperatorException failure) {
            throw new GeneralSecurityException("cannot make the certificate of " + request.subject(), failure);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}

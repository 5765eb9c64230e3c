package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of the lab's own and one server certificate for localhost and 127.0.0.1, as PEM files. */
public final class LabCertificates {

    private static final String STORE_PASSWORD = "lab-certificates";
    private static final String VALID_DAYS = "2";

    private final Path directory;
    private final KeyStore store;

    private LabCertificates(Path directory, KeyStore store) {
        this.directory = directory;
        this.store = store;
    }

    /** Makes new ones, as three PEM files and a key store in the directory, which must exist. */
    public static LabCertificates createIn(Path directory) {
        Path file = directory.resolve("certificates.p12");
        keytool(file, "ca", "CN=State Hub lab CA", "-ext", "bc:c", "-ext", "ku:c=keyCertSign,cRLSign");
        keytool(file, "server", "CN=localhost", "-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, STORE_PASSWORD.toCharArray());
            }
            LabCertificates certificates = new LabCertificates(directory, store);
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
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(serverOnly(), STORE_PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new LabException("cannot use the lab's certificates", failure);
        }
    }

    /** Trusts this authority and no other. */
    public SSLContext clientContext() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", store.getCertificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new LabException("cannot trust the lab's certificates", failure);
        }
    }

    /** With both keys in one store the choice of the key manager would be a matter of luck. */
    private KeyStore serverOnly() throws GeneralSecurityException, IOException {
        KeyStore only = KeyStore.getInstance("PKCS12");
        only.load(null, null);
        char[] password = STORE_PASSWORD.toCharArray();
        only.setKeyEntry("server", store.getKey("server", password), password, store.getCertificateChain("server"));
        return only;
    }

    private void writePem() throws IOException, GeneralSecurityException {
        Files.writeString(
                authority(), pem("CERTIFICATE", store.getCertificate("ca").getEncoded()));
        Files.writeString(
                serverCertificate(),
                pem("CERTIFICATE", store.getCertificate("server").getEncoded()));
        byte[] key = store.getKey("server", STORE_PASSWORD.toCharArray()).getEncoded();
        Directories.writePrivate(serverKey(), pem("PRIVATE KEY", key));
    }

    private static String pem(String kind, byte[] content) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, encoder.encodeToString(content));
    }

    private static void keytool(Path store, String alias, String name, String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", name, "-validity", VALID_DAYS));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        command.addAll(List.of(more));
        HostCommands.run(command);
    }
}

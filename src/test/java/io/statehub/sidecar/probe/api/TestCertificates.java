package io.statehub.sidecar.probe.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A CA and servers with certificates from it, made by the JDK's own keytool. */
final class TestCertificates {

    private static final String PASSWORD = "changeit";
    private static final int PEM_LINE = 64;

    private final Path keyStoreFile;
    private final KeyStore keyStore;

    private TestCertificates(Path keyStoreFile) throws IOException, GeneralSecurityException {
        this.keyStoreFile = keyStoreFile;
        generate("ca", "-ext", "bc:critical=ca:true");
        generate("other-ca", "-ext", "bc:critical=ca:true");
        generate("localhost", "-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
        generate("elsewhere", "-signer", "ca", "-ext", "san=dns:elsewhere.test");
        generate("expired", "-signer", "ca", "-ext", "san=dns:localhost", "-startdate", "-3d", "-validity", "1");
        keyStore = KeyStore.getInstance(keyStoreFile.toFile(), PASSWORD.toCharArray());
    }

    /** Makes them all; takes a few seconds, so once for each class of tests. */
    static TestCertificates in(Path directory) throws IOException, GeneralSecurityException {
        return new TestCertificates(directory.resolve("keys.p12"));
    }

    /** What a server needs to show the certificate of that name. */
    SSLContext server(String alias) throws IOException, GeneralSecurityException {
        KeyStore only = KeyStore.getInstance("PKCS12");
        only.load(null, null);
        only.setKeyEntry(
                alias,
                keyStore.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                keyStore.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(only, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** The certificate of that name as PEM. */
    String pem(String alias) throws GeneralSecurityException {
        Certificate certificate = keyStore.getCertificate(alias);
        Base64.Encoder lines = Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN CERTIFICATE-----\n" + lines.encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private void generate(String alias, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keyStoreFile.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1"));
        command.addAll(List.of(more));
        Path output = Files.createTempFile(keyStoreFile.getParent(), "keytool", ".log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = keytool.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("keytool ended with " + exit + ": " + Files.readString(output));
        }
    }
}

package io.statehub.sidecar.probe.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/**
 * A PEM file of trusted certificates that may be replaced while we run.
 *
 * @param path where it is
 */
record CaFile(Path path) {

    /** Some seven times the bundle of all public CAs. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    /**
     * What changes when the file does. The time alone could stay the same: Kubernetes swaps a link, and clocks of file
     * systems tick coarsely.
     */
    record Version(FileTime modified, long bytes, @Nullable Object fileKey) {}

    /** The version that is there now; null if there is none, in which case {@link #read} says why. */
    @Nullable
    Version version() {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(file.lastModifiedTime(), file.size(), file.fileKey());
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Reads it, and makes sure that there are certificates in it: the TLS engine would complain only at a handshake,
     * and in words that name no file.
     *
     * @throws IOException with a sentence that names the file and what is wrong with it
     */
    byte[] read() throws IOException {
        byte[] pem = BoundedFile.read(path, MAX_BYTES);
        try {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .isEmpty()) {
                throw new IOException(path + " holds no certificate");
            }
        } catch (CertificateException e) {
            throw new IOException(path + " holds something other than PEM certificates", e);
        }
        return pem;
    }
}

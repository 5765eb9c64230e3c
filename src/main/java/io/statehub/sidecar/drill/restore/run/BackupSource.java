package io.statehub.sidecar.drill.restore.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where a backup is: a local file, or an object behind an HTTPS URL.
 *
 * @param location a path, or a URL that begins with {@code https://}
 * @param sha256 what its digest must be, 64 hexadecimal digits in lower case; empty if that is not known
 * @param length what its length must be, in bytes; empty if that is not known
 */
public record BackupSource(String location, Optional<String> sha256, OptionalLong length) {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofMinutes(1);
    private static final int OK = 200;
    private static final int BUFFER = 64 << 10;

    /** The file, brought into {@code folder} if it is elsewhere; its length and digest are as they must be. */
    Path fetched(Path folder) throws BackupException {
        return fetched(folder, Optional.empty());
    }

    /** As {@link #fetched(Path)}; {@code trust} instead of the authorities that Java trusts. */
    Path fetched(Path folder, Optional<SSLSocketFactory> trust) throws BackupException {
        boolean remote = location.startsWith("https://");
        try {
            Path file = remote ? download(folder.resolve("backup"), trust) : Path.of(location);
            check(file);
            return file;
        } catch (SSLHandshakeException e) {
            if (String.valueOf(e.getMessage()).contains("PKIX")) {
                throw BackupException.notRun(
                        "the backup can't be read: the certificate of its server is of no authority that Java trusts");
            }
            throw BackupException.notRun("the backup can't be read: no TLS with its server", e);
        } catch (IOException e) {
            throw BackupException.notRun("the backup can't be read" + (remote ? ": the download failed" : ""), e);
        }
    }

    private Path download(Path to, Optional<SSLSocketFactory> trust) throws IOException, BackupException {
        HttpsURLConnection connection =
                (HttpsURLConnection) URI.create(location).toURL().openConnection();
        trust.ifPresent(connection::setSSLSocketFactory);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) READ.toMillis());
        connection.setInstanceFollowRedirects(false);
        try {
            int status = connection.getResponseCode();
            if (status != OK) {
                throw BackupException.notRun("the backup can't be read: HTTP " + status + ", expected " + OK);
            }
            long most = bound(connection.getContentLengthLong());
            try (InputStream in = connection.getInputStream();
                    OutputStream out = Files.newOutputStream(to)) {
                copy(in, out, most);
            }
            return to;
        } finally {
            connection.disconnect();
        }
    }

    /** How long the download may be: no server may fill the disk. */
    private long bound(long announced) throws BackupException {
        if (length.isPresent() && announced >= 0 && announced != length.getAsLong()) {
            throw BackupException.damaged("it has " + announced + " bytes, expected " + length.getAsLong());
        }
        if (length.isEmpty() && announced < 0) {
            throw BackupException.notRun(
                    "the server does not say how long the backup is: --length must say it, so that it has a limit");
        }
        return length.orElse(announced);
    }

    private static void copy(InputStream in, OutputStream out, long expected) throws IOException, BackupException {
        byte[] buffer = new byte[BUFFER];
        long read = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            read += count;
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("stopped");
            }
            if (read > expected) {
                throw BackupException.damaged("the download is longer than the expected " + expected + " bytes");
            }
            out.write(buffer, 0, count);
        }
        if (read < expected) {
            throw new IOException("it ended after " + read + " of " + expected + " bytes");
        }
    }

    private void check(Path file) throws IOException, BackupException {
        if (length.isPresent() && Files.size(file) != length.getAsLong()) {
            throw BackupException.damaged("it has " + Files.size(file) + " bytes, expected " + length.getAsLong());
        }
        if (sha256.isPresent()) {
            String found = digest(file);
            if (!found.equals(sha256.get())) {
                throw BackupException.damaged("its SHA-256 is " + found + ", expected " + sha256.get());
            }
        }
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package io.statehub.sidecar.access;

import io.statehub.sidecar.access.Chain.StepFailedException;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.probe.TlsWords;
import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The way to one server: its name, a connection, and TLS on it.
 *
 * @param host a name or an address; an IPv6 address may stand in brackets
 * @param timeout for each step
 */
record NetworkPath(String host, int port, Duration timeout) {

    /** The addresses of the name. The machine's resolver takes no deadline, so it is left behind after it. */
    String resolve() throws StepFailedException {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(name()));
        Thread thread = new Thread(lookup, "lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return Arrays.stream(lookup.get(timeout.toMillis(), TimeUnit.MILLISECONDS))
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "));
        } catch (ExecutionException e) {
            throw new StepFailedException(new Failure(FailureKind.UNRESOLVED, name()));
        } catch (TimeoutException e) {
            throw late("no address of " + name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException("interrupted");
        }
    }

    String connect() throws StepFailedException {
        try (Socket socket = connected()) {
            return "connected to " + socket.getRemoteSocketAddress();
        } catch (IOException e) {
            throw new StepFailedException(failure(e));
        }
    }

    /**
     * A TLS session, and who is at the other end of it.
     *
     * @param caFile PEM file of the certificates to trust; those of the Java runtime if empty
     */
    String secure(Optional<Path> caFile) throws StepFailedException {
        try (Socket plain = connected();
                SSLSocket socket =
                        (SSLSocket) context(caFile).getSocketFactory().createSocket(plain, name(), port, true)) {
            plain.setSoTimeout((int) timeout.toMillis());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return socket.getSession().getProtocol() + ", "
                    + certificate.getSubjectX500Principal().getName() + ", valid until "
                    + certificate.getNotAfter().toInstant();
        } catch (IOException e) {
            throw new StepFailedException(failure(e));
        } catch (GeneralSecurityException e) {
            throw new StepFailedException(new Failure(FailureKind.TLS, String.valueOf(e.getMessage())));
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(name(), port), (int) timeout.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static SSLContext context(Optional<Path> caFile) throws IOException, GeneralSecurityException {
        if (caFile.isEmpty()) {
            return SSLContext.getDefault();
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(caFile.get())) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private Failure failure(IOException thrown) {
        String server = host + ":" + port;
        if (thrown instanceof UnknownHostException) {
            return new Failure(FailureKind.UNRESOLVED, name());
        }
        if (thrown instanceof SocketTimeoutException) {
            return new Failure(FailureKind.TIMED_OUT, server + ", after " + timeout.toMillis() + " ms");
        }
        if (thrown instanceof NoRouteToHostException) {
            return new Failure(FailureKind.UNREACHABLE, server);
        }
        if (thrown instanceof ConnectException) {
            return new Failure(FailureKind.REFUSED, server);
        }
        if (thrown instanceof FileSystemException) {
            return new Failure(FailureKind.CREDENTIAL_UNREADABLE, Refusal.of(thrown));
        }
        return thrown instanceof SSLException
                ? new Failure(
                        TlsWords.kind(thrown),
                        server + TlsWords.of(thrown).map(why -> ", " + why).orElse(""))
                : new Failure(FailureKind.RESET, server);
    }

    private StepFailedException late(String what) {
        return new StepFailedException(
                new Failure(FailureKind.TIMED_OUT, what + ", after " + timeout.toMillis() + " ms"));
    }

    private String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}

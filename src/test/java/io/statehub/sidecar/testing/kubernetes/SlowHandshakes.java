package io.statehub.sidecar.testing.kubernetes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.statehub.sidecar.testing.CertificateAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An API server that takes every connection at once, and answers nobody's TLS handshake until {@link #release}. From
 * then on it has an empty list for whoever asks for one.
 */
public final class SlowHandshakes implements AutoCloseable {

    private static final String EMPTY = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}";

    private final SSLContext context;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Set<Socket> taken = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Listens at once, with a certificate for 127.0.0.1. */
    public SlowHandshakes(CertificateAuthority authority) throws GeneralSecurityException, IOException {
        context = authority.issue("slow", CertificateAuthority.ip("127.0.0.1")).serverContext();
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                taken.add(client);
                threads.execute(() -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try {
            released.await();
            SSLSocket secured =
                    (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), true);
            secured.setUseClientMode(false);
            secured.startHandshake();
            BufferedReader in = new BufferedReader(new InputStreamReader(secured.getInputStream(), US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("GET ")) {
                    requests.add(line);
                } else if (line.isEmpty()) {
                    secured.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                    .formatted(EMPTY.length(), EMPTY)
                                    .getBytes(US_ASCII));
                }
            }
        } catch (InterruptedException | IOException gone) {
            // The client has had enough of it, or this is closed.
        }
    }

    /** From now on every handshake gets through, those that are under way too. */
    public void release() {
        released.countDown();
    }

    /** How many connections were taken so far. */
    public int taken() {
        return taken.size();
    }

    /** What was asked on them, as {@code GET /api/v1/nodes HTTP/1.1}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public String url() {
        return "https://127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() {
        released.countDown();
        try {
            listener.close();
            for (Socket client : taken) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.statehub.sidecar.testing.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API server of Kubernetes that is well, but for its faults. What is asked of it, one behind it answers; nothing
 * ever changes there, so a watch stays silent. A fault ends the watches that there are: it shows when they are renewed.
 */
public final class FaultyKubernetes extends FaultyServer {

    /** RFC 6455, 1.3: what a server adds to a client's key. */
    private static final String WEB_SOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final byte[] HUGE =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n"
                    .getBytes(US_ASCII);
    private static final byte[] ITEM = """
            {"apiVersion":"v1","kind":"Node","metadata":{"name":"another"}},""".getBytes(US_ASCII);

    private static final int PART_BYTES = 4_096;
    /** RFC 6455, 5.2: a text that is not the whole message, what continues it, and one of 2 GB. */
    private static final byte[] FIRST_PART = part(0x01);

    private static final byte[] NEXT_PART = part(0x00);
    private static final byte[] HUGE_FRAME = {(byte) 0x81, 127, 0, 0, 0, 0, 0x77, 0x35, (byte) 0x94, 0};

    private static final int MOST_HEAD_BYTES = 16_384;
    private static final String END = "\r\n\r\n";

    private final AtomicInteger watchesGivenUp = new AtomicInteger();
    private final URI behind;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Listens at once.
     *
     * @param behind where the one is that answers, without TLS
     */
    public FaultyKubernetes(URI behind, Optional<FaultCertificates> tls) {
        super(tls);
        this.behind = behind;
    }

    @Override
    boolean endsConnections(Fault fault) {
        return true;
    }

    @Override
    void serve(FaultyLine line) throws IOException {
        line.begin();
        if (tls().isPresent()) {
            line.encrypt();
        }
        while (true) {
            Request request = request(line);
            line.asked(request.method() + " " + request.path());
            if (request.webSocketKey().isPresent()) {
                watch(line, request.webSocketKey().get());
                return;
            }
            line.answer(answered(request));
        }
    }

    private void watch(FaultyLine line, String key) throws IOException {
        Fault now = line.fault();
        if (now == Fault.ENDLESS || now == Fault.OVERSIZED) {
            line.say(begun(key));
            line.say(now == Fault.ENDLESS ? FIRST_PART : HUGE_FRAME);
            try {
                line.forEver(NEXT_PART, now);
            } catch (IOException ended) {
                watchesGivenUp.addAndGet(line.fault() == now ? 1 : 0);
                throw ended;
            }
        }
        line.answer(begun(key));
        // Until the client has had enough of it, or a fault ends it.
        line.in().skipBytes(Integer.MAX_VALUE);
    }

    /** How many clients have ended a watch in the middle of a message that had no end, or was too large. */
    public int watchesGivenUp() {
        return watchesGivenUp.get();
    }

    /** With the key of the web socket that it asks for, if it does: a watch is one. */
    private record Request(
            String method, String path, String contentType, Optional<String> webSocketKey, String body) {}

    private static Request request(FaultyLine line) throws IOException {
        String[] head = head(line).split("\r\n", -1);
        String[] first = head[0].split(" ", 3);
        int length = Integer.parseInt(header(head, "content-length").orElse("0"));
        String body = new String(line.in().readNBytes(length), UTF_8);
        return new Request(
                first[0],
                first[1],
                header(head, "content-type").orElse("application/json"),
                header(head, "sec-websocket-key"),
                body);
    }

    private static byte[] part(int opcode) {
        byte[] frame = new byte[2 + 2 + PART_BYTES];
        Arrays.fill(frame, (byte) ' ');
        frame[0] = (byte) opcode;
        frame[1] = 126;
        frame[2] = PART_BYTES >> 8;
        frame[3] = 0;
        return frame;
    }

    private static byte[] begun(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + WEB_SOCKET).getBytes(US_ASCII));
            return """
                    HTTP/1.1 101 Switching Protocols\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Accept: %s\r
                    \r
                    """.formatted(Base64.getEncoder().encodeToString(digest)).getBytes(US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(FaultyLine line) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < END.length() || head.indexOf(END, head.length() - END.length()) < 0) {
            int next = line.in().read();
            if (next < 0 || head.length() == MOST_HEAD_BYTES) {
                throw new EOFException("the client has gone, or asks too much");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Optional<String> header(String[] head, String name) {
        for (String line : head) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(line.substring(colon + 1).strip());
            }
        }
        return Optional.empty();
    }

    private byte[] answered(Request request) throws IOException {
        HttpRequest asked = HttpRequest.newBuilder(behind.resolve(request.path()))
                .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()))
                .header("Content-Type", request.contentType())
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(asked, HttpResponse.BodyHandlers.ofByteArray());
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.write("HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                    .formatted(answer.statusCode(), "as it is", answer.body().length)
                    .getBytes(UTF_8));
            whole.write(answer.body());
            return whole.toByteArray();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    byte[] oversized() {
        return HUGE;
    }

    @Override
    byte[] endless() {
        return ITEM;
    }
}

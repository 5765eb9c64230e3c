package io.statehub.sidecar.testing.faults;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An API that is well, but for its faults. */
public final class FaultyApi extends FaultyServer {

    private static final byte[] OK = """
            HTTP/1.1 200 OK\r
            Content-Type: application/json\r
            Content-Length: 15\r
            \r
            {"status":"ok"}""".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HUGE =
            "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEADERS = ("X-More: " + "x".repeat(500) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    public FaultyApi(Optional<FaultCertificates> tls) {
        super(tls);
    }

    @Override
    void serve(FaultyLine line) throws IOException {
        line.begin();
        if (tls().isPresent()) {
            line.encrypt();
        }
        while (true) {
            readRequest(line);
            line.asked("a check");
            line.answer(OK);
        }
    }

    private static void readRequest(FaultyLine line) throws IOException {
        int ending = 0;
        while (ending < 4) {
            int read = line.in().read();
            if (read < 0) {
                throw new EOFException("the client has gone");
            }
            ending = read == "\r\n\r\n".charAt(ending) ? ending + 1 : read == '\r' ? 1 : 0;
        }
    }

    @Override
    byte[] oversized() {
        return HUGE;
    }

    @Override
    byte[] endless() {
        return HEADERS;
    }
}

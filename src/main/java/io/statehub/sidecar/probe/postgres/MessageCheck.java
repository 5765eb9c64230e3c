package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.probe.postgres.Exchange.OverdrawnException;
import java.net.ProtocolException;

/**
 * Reads along with the driver where one message of the protocol ends and the next begins, and stops what is too long or
 * was not asked for before the driver makes room for it (PostgreSQL documentation, "Message Formats": one byte for the
 * type, four for the length, which counts itself).
 */
final class MessageCheck {

    private static final int LENGTH_BYTES = 4;
    /** NoticeResponse, NotificationResponse, ParameterStatus. */
    private static final String ASIDES = "NAS";
    /** CopyData, CopyDone, and the three that begin a copy: nothing is ever copied. */
    private static final String COPIES = "dcGHW";

    private char type;
    private int headerBytes;
    private int length;
    private long left;

    /**
     * Follows what was received.
     *
     * @throws ProtocolException if it is no message, or one that can't be an answer to us
     * @throws OverdrawnException if it is more than the exchange allows
     */
    void follow(byte[] received, int from, int count, Exchange exchange) throws ProtocolException, OverdrawnException {
        int at = from;
        int end = from + count;
        while (at < end) {
            if (left > 0) {
                long skipped = Math.min(left, end - at);
                left -= skipped;
                at += (int) skipped;
            } else {
                header(received[at++], exchange);
            }
        }
    }

    private void header(byte next, Exchange exchange) throws ProtocolException, OverdrawnException {
        if (headerBytes == 0) {
            type = (char) (next & 0xff);
            length = 0;
        } else {
            length = (length << Byte.SIZE) | (next & 0xff);
        }
        headerBytes++;
        if (headerBytes > LENGTH_BYTES) {
            headerBytes = 0;
            begin(exchange);
        }
    }

    private void begin(Exchange exchange) throws ProtocolException, OverdrawnException {
        if (length < LENGTH_BYTES || type < ' ' || type > '~') {
            throw new ProtocolException("what the server sent is no message of PostgreSQL's protocol");
        }
        if (COPIES.indexOf(type) >= 0) {
            throw new ProtocolException("the server began to copy data, which nobody asked for");
        }
        if (length > Exchange.MAX_MESSAGE_BYTES) {
            throw new OverdrawnException(
                    "the server sent a message of " + length + " bytes, allowed are " + Exchange.MAX_MESSAGE_BYTES);
        }
        exchange.message(ASIDES.indexOf(type) >= 0);
        left = (long) length - LENGTH_BYTES;
    }
}

package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.probe.Deadline;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.sql.SQLTimeoutException;
import java.time.Duration;

/**
 * What one probe may take of its connections in all: time, bytes and messages. A server decides how much it says, and
 * how slowly; this decides how much of it is listened to.
 *
 * <p>Used by one thread at a time.
 */
final class Exchange {

    /** The longest answers, those on a hundred slots or a thousand series of beats, have about 100 KiB. */
    static final int MAX_BYTES = 1 << 20;

    /** No row of ours comes near it; the driver makes room for as much as a message says it has. */
    static final int MAX_MESSAGE_BYTES = 256 << 10;

    /** A row is a message, and no answer has more than a thousand. */
    static final int MAX_MESSAGES = 10_000;

    /** Notices, notifications and reported settings, which nobody asked for and of which the driver keeps some. */
    static final int MAX_ASIDES = 200;

    /** The server said too much. Of a type that TLS lets through as it is. */
    static final class OverdrawnException extends SocketException {
        private static final long serialVersionUID = 1L;

        OverdrawnException(String message) {
            super(message);
        }
    }

    /**
     * Its time is over. Of a type that TLS lets through as it is, and that the driver doesn't take for a reason to read
     * on.
     */
    static final class LateException extends InterruptedIOException {
        private static final long serialVersionUID = 1L;

        LateException(String message) {
            super(message);
        }
    }

    private final Deadline deadline;
    private long bytes;
    private int messages;
    private int asides;

    Exchange(Deadline deadline) {
        this.deadline = deadline;
    }

    Deadline deadline() {
        return deadline;
    }

    /** One that may take as much of what is left as falls to each of so many. */
    Exchange share(int parts) {
        if (parts == 1) {
            return this;
        }
        Duration allowed = deadline.elapsed().plus(deadline.remaining().dividedBy(parts));
        return new Exchange(new Deadline(deadline.time(), deadline.begun(), allowed));
    }

    /** One that lasts for so many times as long, but not for longer than a limit if this one doesn't. */
    Exchange extended(int times, Duration limit) {
        Duration longer = deadline.allowed().multipliedBy(times);
        Duration bounded = longer.compareTo(limit) > 0 ? limit : longer;
        Duration allowed = bounded.compareTo(deadline.allowed()) > 0 ? bounded : deadline.allowed();
        return new Exchange(new Deadline(deadline.time(), deadline.begun(), allowed));
    }

    /**
     * What is left of the time, from 1 ms.
     *
     * @throws LateException if nothing is
     */
    int millisLeft() throws LateException {
        long millis = deadline.remaining().toMillis();
        if (millis <= 0) {
            throw late();
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** @throws SQLTimeoutException if no time is left to begin anything */
    void requireTime() throws SQLTimeoutException {
        if (deadline.remaining().toMillis() <= 0) {
            throw new SQLTimeoutException(String.valueOf(late().getMessage()));
        }
    }

    LateException late() {
        return new LateException("after " + deadline.allowed().toMillis() + " ms");
    }

    void received(int count) throws OverdrawnException {
        bytes += count;
        if (bytes > MAX_BYTES) {
            throw new OverdrawnException("the server sent more than the allowed " + MAX_BYTES + " bytes");
        }
    }

    /** @param aside whether it is one that nobody asked for */
    void message(boolean aside) throws OverdrawnException {
        messages++;
        asides += aside ? 1 : 0;
        if (messages > MAX_MESSAGES || asides > MAX_ASIDES) {
            throw new OverdrawnException("the server sent more than the allowed "
                    + (aside ? MAX_ASIDES + " notices" : MAX_MESSAGES + " messages"));
        }
    }
}

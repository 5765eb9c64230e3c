package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.time.Moment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the next login while the server may still be busy with one that we gave up: a backend that hangs in a
 * login doesn't notice that its client has gone, so that one attempt an interval would fill the server for everybody.
 *
 * <p>The connection of that login is kept. As soon as anything comes on it, the server hangs no more, notices when it
 * is closed, and the next login may go out. A server that says nothing is waited for for a minute, which is as long as
 * it lets a login take (PostgreSQL's default of {@code authentication_timeout}), then for twice as long each time. If
 * the address answered nothing at all, as a frozen server does, it may lead to another server by now: each probe asks
 * it for one byte, which costs no login, and the first byte opens the gate, once.
 *
 * <p>Used by one thread at a time; {@link #close} by any.
 */
final class LoginGate implements AutoCloseable {

    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(1);
    /**
     * By so many times a server that answers late may exceed a probe's time at a login, and never for longer than the
     * next.
     */
    private static final int MOST_EXTENSION = 16;

    private static final Duration LONGEST_LOGIN = Duration.ofSeconds(10);
    /** Of the time to wait: sidecars that were held up together must not come back together. */
    private static final double JITTER = 0.25;

    private final DoubleSupplier random;
    private Duration patience = SHORTEST;
    private boolean rushed;
    private int extension = 1;
    private volatile @Nullable Hung hung;

    private record Hung(Wire wire, InetSocketAddress address, Moment since, Duration patience, boolean answers) {
        Duration left(Moment now) {
            return patience.minus(now.since(since));
        }

        Hung seen(boolean answering) {
            return new Hung(wire, address, since, patience, answering);
        }
    }

    /** @param random from 0 to 1 */
    LoginGate(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Returns if a login may be tried.
     *
     * @throws SQLException if not, with what is known of the server meanwhile
     */
    void pass(InetSocketAddress address, Exchange exchange) throws SQLException {
        Hung before = hung;
        if (before == null) {
            return;
        }
        Moment now = exchange.deadline().now();
        if (before.wire().stirs()) {
            patience = SHORTEST;
            extension = Math.min(2 * extension, MOST_EXTENSION);
            forget(before);
        } else if (!before.address().equals(address) || before.left(now).isNegative()) {
            forget(before);
        } else {
            boolean answers = answers(address, exchange, before);
            if (!answers || before.answers() || rushed) {
                hung = before.seen(answers);
                throw new SQLTimeoutException(
                        "a login that began " + now.since(before.since()).toSeconds()
                                + " s ago has got no answer; the next is tried when the server has ended it, or in "
                                + before.left(now).toSeconds() + " s");
            }
            rushed = true;
            forget(before);
        }
    }

    private boolean answers(InetSocketAddress address, Exchange exchange, Hung before) throws SQLException {
        try {
            return Knock.isAnswered(address, exchange);
        } catch (Exchange.LateException e) {
            return false;
        } catch (IOException e) {
            hung = before.seen(false);
            throw new SQLException("the server can't be reached", "08001", e);
        }
    }

    /**
     * What a login may take: a probe's time, and more where the server has answered after that before, or who is slow,
     * even this process, would begin again for ever.
     */
    Exchange forLogin(Exchange exchange) {
        return extension == 1 ? exchange : exchange.extended(extension, LONGEST_LOGIN);
    }

    /** A login has got no answer. */
    void gaveUp(Wire wire, InetSocketAddress address, Moment now) {
        Duration waiting = patience.plus(Duration.ofNanos((long) (patience.toNanos() * JITTER * random.getAsDouble())));
        hung = new Hung(wire, address, now, waiting, wire.heard());
        Duration twice = patience.multipliedBy(2);
        patience = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    /** A login has succeeded. */
    void succeeded() {
        patience = SHORTEST;
        rushed = false;
        extension = Math.max(1, extension / 2);
    }

    private void forget(Hung which) {
        which.wire().cut();
        hung = null;
    }

    @Override
    public void close() {
        Hung left = hung;
        if (left != null) {
            left.wire().cut();
        }
    }
}

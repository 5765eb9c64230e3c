package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A client's connection with its counterpart to the target; used by the proxy's thread only. */
final class ProxyConnection {

    private final SocketChannel client;
    private final SocketChannel target;
    private final SelectionKey clientKey;
    private final SelectionKey targetKey;
    private final ProxyFlow requests;
    private final ProxyFlow answers;

    private ProxyConnection(SocketChannel client, SocketChannel target, Selector selector, Counters counters)
            throws IOException {
        this.client = client;
        this.target = target;
        this.requests = new ProxyFlow(client, target, counters.requests());
        this.answers = new ProxyFlow(target, client, counters.answers());
        this.clientKey = client.register(selector, 0);
        this.targetKey = target.register(selector, SelectionKey.OP_CONNECT);
    }

    /** Bytes delivered, over all connections of a proxy. */
    record Counters(AtomicLong requests, AtomicLong answers) {

        Counters() {
            this(new AtomicLong(), new AtomicLong());
        }
    }

    /** A target that refuses shows as a reset at the first {@link #advance}, now or later. */
    static ProxyConnection open(SocketChannel client, int targetPort, Selector selector, Counters counters)
            throws IOException {
        client.configureBlocking(false);
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SocketChannel target = SocketChannel.open();
        target.configureBlocking(false);
        target.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ProxyConnection connection = new ProxyConnection(client, target, selector, counters);
        try {
            target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
        } catch (ConnectException refusedAtOnce) {
            // On the loopback interface a refusal needs no round trip.
            connection.reset();
        }
        return connection;
    }

    /** Moves what can be moved and says what to wait for. Returns false when the connection is over. */
    boolean advance(ProxyBehaviour behaviour, long now) {
        try {
            if (behaviour.mode() == ProxyBehaviour.Mode.DROP && target.isOpen()) {
                clientKey.interestOps(0);
                targetKey.interestOps(0);
                return true;
            }
            if (!target.isOpen()) {
                return false;
            }
            if (!target.finishConnect()) {
                targetKey.interestOps(SelectionKey.OP_CONNECT);
                return true;
            }
            requests.move(now, 0);
            answers.move(now, behaviour.delay().toNanos());
            if (requests.isFinished() && answers.isFinished()) {
                close();
                return false;
            }
            clientKey.interestOps(interest(requests, answers, now));
            targetKey.interestOps(interest(answers, requests, now));
            return true;
        } catch (IOException eitherSideIsGone) {
            reset();
            return false;
        }
    }

    private static int interest(ProxyFlow in, ProxyFlow out, long now) {
        return (in.wantsRead() ? SelectionKey.OP_READ : 0) | (out.isDue(now) ? SelectionKey.OP_WRITE : 0);
    }

    long nanosUntilDue(long now) {
        return Math.min(requests.nanosUntilDue(now), answers.nanosUntilDue(now));
    }

    /** Both sides see a reset, not an orderly end. */
    void reset() {
        for (SocketChannel channel : new SocketChannel[] {client, target}) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException closedAlready) {
                continue;
            }
            closeQuietly(channel);
        }
    }

    private void close() {
        closeQuietly(client);
        closeQuietly(target);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException unusableEitherWay) {
            // The descriptor is released even then; there is no byte left whose loss could matter.
        }
    }
}

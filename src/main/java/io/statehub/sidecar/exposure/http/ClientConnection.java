package io.statehub.sidecar.exposure.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.AttributeKey;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection from outside, below HTTP: reads nothing while an answer is being made or is not taken, so that what a
 * client asks for in advance waits in its own memory, and knows since when its client has been slow.
 *
 * <p>Written by the connection's event loop alone; others read.
 */
final class ClientConnection extends ChannelDuplexHandler {

    /** For a whole request to come in, from its first byte, and for the first byte after connecting. */
    static final Duration FOR_A_REQUEST = Duration.ofSeconds(10);

    /** For an answer to be made and to be taken. */
    static final Duration FOR_AN_ANSWER = Duration.ofSeconds(20);

    /** Between requests: longer than the usual interval of a scrape. */
    static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(75);

    private static final AttributeKey<ClientConnection> KEY = AttributeKey.valueOf("statehub.client");

    private final Channel channel;
    private final OpenConnections all;
    private final TimeSource time;
    /** The last that the client did: it connected, asked, or took what it was sent. */
    private volatile Moment active;
    /** Since when something waits for the client to take it. */
    private volatile Optional<Moment> untakenSince = Optional.empty();
    /** Since when a request has been coming in. */
    private volatile Optional<Moment> askingSince;

    private volatile boolean answering;
    private volatile boolean endless;
    private volatile boolean multiplexed;
    private boolean wantsToRead;
    private @Nullable PipelinedRequests pipelined;

    ClientConnection(Channel channel, OpenConnections all, TimeSource time) {
        this.channel = channel;
        this.all = all;
        this.time = time;
        this.active = time.now();
        this.askingSince = Optional.of(active);
        channel.attr(KEY).set(this);
    }

    /** Empty where connections are not limited: in tests within the process. */
    static Optional<ClientConnection> of(Channel channel) {
        return Optional.ofNullable(channel.attr(KEY).get());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        all.admit(this);
        super.channelActive(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        all.forget(this);
        super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!answering && !multiplexed && askingSince.isEmpty()) {
            askingSince = Optional.of(time.now());
        }
        if (pipelined == null) {
            pipelined = PipelinedRequests.limit(channel, this::close);
        }
        super.channelRead(context, message);
    }

    @Override
    public void read(ChannelHandlerContext context) throws Exception {
        wantsToRead = answering || !channel.isWritable();
        if (!wantsToRead) {
            super.read(context);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        readOn();
        super.channelWritabilityChanged(context);
    }

    private void readOn() {
        if (wantsToRead && !answering && channel.isWritable()) {
            wantsToRead = false;
            channel.read();
        }
    }

    /** A whole request has come in. Whether it may be answered: not if earlier answers wait to be taken. */
    boolean asks() {
        active = time.now();
        askingSince = Optional.empty();
        answering = true;
        return channel.isWritable();
    }

    /** The answer has been handed on, or there will be none. */
    void answered() {
        active = time.now();
        answering = false;
        endless = false;
        if (pipelined != null) {
            pipelined.answered();
        }
        readOn();
    }

    /** HTTP/2, where someone has turned it on: many requests at once, whose number and windows the protocol limits. */
    void asksOneOfMany() {
        active = time.now();
        askingSince = Optional.empty();
        multiplexed = true;
    }

    /** The answer lasts for as long as the client takes it. */
    void answersWithoutEnd() {
        endless = true;
    }

    /** Bytes that the client has not taken, as far as they are in this process and not in the kernel. */
    long untaken() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    Moment active() {
        return active;
    }

    /** Closes if its client is too slow. Called from time to time, by one thread. */
    void closeIfSlow(Moment now) {
        if (untaken() == 0) {
            untakenSince = Optional.empty();
            if (endless) {
                active = now;
            }
        } else if (untakenSince.isEmpty()) {
            untakenSince = Optional.of(now);
        }
        boolean slow = lasted(untakenSince, now, FOR_AN_ANSWER)
                || lasted(askingSince, now, FOR_A_REQUEST)
                || lasted(
                        Optional.of(active).filter(last -> !endless),
                        now,
                        answering ? FOR_AN_ANSWER : BETWEEN_REQUESTS);
        if (slow) {
            close();
        }
    }

    private static boolean lasted(Optional<Moment> since, Moment now, Duration allowed) {
        return since.filter(it -> now.since(it).compareTo(allowed) > 0).isPresent();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to be done if it is closed, or can't be
    void close() {
        all.forget(this);
        channel.close();
    }
}

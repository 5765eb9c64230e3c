package io.statehub.sidecar.exposure.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.statehub.sidecar.time.TimeSource;

/**
 * Puts a {@link ClientConnection} into each connection that the HTTP server accepts, by Netty's own way to extend
 * servers: a service provider, which is looked for if the system property {@value #SWITCH} says so.
 */
@RegisterForReflection(fields = false)
public final class ConnectionLimits extends ChannelInitializerExtension {

    /** Set to {@value #ON} before the server starts. */
    public static final String SWITCH = "io.netty.bootstrap.extensions";

    public static final String ON = "serviceload";

    static final OpenConnections OPEN = new OpenConnections();

    /** Read at a time: some requests of the usual size, so that little is asked for in advance. */
    private static final int READ_SIZE = 2048;

    /**
     * Unwritten bytes at which a connection counts as one whose client doesn't read, and at which it counts so no more.
     */
    private static final WriteBufferWaterMark UNTAKEN = new WriteBufferWaterMark(8 << 10, 16 << 10);

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        FixedRecvByteBufAllocator little = new FixedRecvByteBufAllocator(READ_SIZE);
        little.maxMessagesPerRead(1);
        channel.config().setRecvByteBufAllocator(little);
        channel.config().setWriteBufferWaterMark(UNTAKEN);
        channel.pipeline().addFirst(new ClientConnection(channel, OPEN, TimeSource.system()));
    }
}

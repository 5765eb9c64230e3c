package io.statehub.sidecar.exposure.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off a client that asks for more in advance than a few: what has been read is a hundred requests in 2 KiB, and
 * each would wait for its turn as objects of some KiB. Written by the connection's event loop alone.
 */
final class PipelinedRequests extends ChannelInboundHandlerAdapter {

    /** Of the clients that we know none asks for a second before it has its first answer. */
    static final int MOST = 4;

    private final Runnable cutOff;
    private int waiting;
    private boolean refused;

    PipelinedRequests(Runnable cutOff) {
        this.cutOff = cutOff;
    }

    /** Stands behind the decoder of HTTP/1.x; null as long as there is none. */
    static @Nullable PipelinedRequests limit(Channel channel, Runnable cutOff) {
        ChannelHandlerContext decoder = channel.pipeline().context(HttpRequestDecoder.class);
        if (decoder == null) {
            return null;
        }
        PipelinedRequests limit = new PipelinedRequests(cutOff);
        channel.pipeline().addAfter(decoder.name(), "pipelined", limit);
        return limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest && !refused && ++waiting > MOST) {
            refused = true;
            cutOff.run();
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else {
            super.channelRead(context, message);
        }
    }

    void answered() {
        waiting--;
    }
}

package io.statehub.sidecar.probe.api;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Knows of one connection whether it has served before, and whether a byte of the current answer has come.
 *
 * <p>That is what tells a connection that the server closed while it was idle from a server that dies while it answers.
 * The client's public interface shows only whole heads, so that half a status line would look like nothing at all;
 * hence a look at the channel, the only place here that leans on Vert.x's insides. Touched by its event loop only.
 */
final class ConnectionWatch extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<ConnectionWatch> KEY = AttributeKey.valueOf(ConnectionWatch.class, "watch");
    /** Vert.x's name for the HTTP decoder; bytes are counted before it and after TLS. */
    private static final String HTTP_DECODER = "codec";

    private boolean served;
    private boolean servedBefore;
    private boolean answerBegun;

    private ConnectionWatch() {}

    /** Notes that a request is about to go out on the connection. */
    static ConnectionWatch onRequest(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        ConnectionWatch watch = channel.attr(KEY).get();
        if (watch == null) {
            watch = new ConnectionWatch();
            channel.attr(KEY).set(watch);
            if (channel.pipeline().get(HTTP_DECODER) != null) {
                channel.pipeline().addBefore(HTTP_DECODER, null, watch);
            }
        }
        watch.servedBefore = watch.served;
        watch.served = true;
        watch.answerBegun = false;
        return watch;
    }

    /** Whether the connection had served a request before the current one, of whose answer no byte has come. */
    boolean isReusedAndSilent() {
        return servedBefore && !answerBegun;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        answerBegun = true;
        context.fireChannelRead(message);
    }
}

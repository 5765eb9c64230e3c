package io.statehub.sidecar.exposure.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.statehub.sidecar.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

// What becomes of a write is looked at in the channel.
@SuppressWarnings("FutureReturnValueIgnored")
class ClientConnectionTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ManualClock clock = new ManualClock();
    private final OpenConnections open = new OpenConnections();

    /** The network below: counts what is asked of it, and takes nothing while the client doesn't read. */
    private static final class Network extends ChannelOutboundHandlerAdapter {
        private int reads;

        @Override
        public void read(ChannelHandlerContext context) throws Exception {
            reads++;
            super.read(context);
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            // The client's window is closed.
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            context.write(message, promise);
        }
    }

    private record Client(EmbeddedChannel channel, ClientConnection connection, Network network) {}

    private Client connect() {
        EmbeddedChannel channel = new EmbeddedChannel(false, false);
        Network network = new Network();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(8, 16));
        ClientConnection connection = new ClientConnection(channel, open, clock);
        channel.pipeline().addFirst(connection).addFirst(network);
        try {
            channel.register();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return new Client(channel, connection, network);
    }

    private void look() {
        open.closeSlow(clock.now());
    }

    private static void send(Client client) {
        client.channel().writeInbound(Unpooled.wrappedBuffer(new byte[] {'G'}));
    }

    private static void answer(Client client, int bytes) {
        client.channel().write(Unpooled.wrappedBuffer(new byte[bytes]));
    }

    @Test
    void nothingIsReadWhileAnAnswerIsBeingMade() {
        Client client = connect();
        client.connection().asks();
        int before = client.network().reads;

        client.channel().read();
        assertThat(client.network().reads).isEqualTo(before);

        client.connection().answered();
        assertThat(client.network().reads).isEqualTo(before + 1);
    }

    @Test
    void nothingIsReadWhileTheClientDoesNotTakeItsAnswer() {
        Client client = connect();
        client.connection().asks();
        answer(client, 1000);
        client.connection().answered();
        int before = client.network().reads;

        client.channel().read();

        assertThat(client.network().reads).isEqualTo(before);
        assertThat(client.connection().untaken()).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void whoAsksOnWithoutTakingAnswersIsNotAnswered() {
        Client client = connect();
        assertThat(client.connection().asks()).isTrue();
        answer(client, 1000);
        client.connection().answered();

        assertThat(client.connection().asks()).isFalse();
    }

    @Test
    void whoAsksForMoreInAdvanceThanAFewIsCutOffBeforeItIsTakenIn() {
        AtomicInteger cut = new AtomicInteger();
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
        PipelinedRequests limit = requireNonNull(PipelinedRequests.limit(channel, cut::incrementAndGet));
        String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

        channel.writeInbound(Unpooled.copiedBuffer(request.repeat(PipelinedRequests.MOST), US_ASCII));
        limit.answered();
        channel.writeInbound(Unpooled.copiedBuffer(request, US_ASCII));
        assertThat(cut).hasValue(0);

        channel.writeInbound(Unpooled.copiedBuffer(request.repeat(1000), US_ASCII));

        assertThat(cut).hasValue(1);
        assertThat(channel.inboundMessages().stream().filter(HttpRequest.class::isInstance))
                .hasSize(PipelinedRequests.MOST + 1);
    }

    @Test
    void whoConnectsAndSaysNothingIsCutOff() {
        Client client = connect();
        clock.advance(ClientConnection.FOR_A_REQUEST);
        look();
        assertThat(client.channel().isOpen()).isTrue();

        clock.advance(MOMENT);
        look();
        assertThat(client.channel().isOpen()).isFalse();
        assertThat(open.count()).isZero();
    }

    @Test
    void headersThatComeByteByByteAreCutOffThoughTheyNeverStop() {
        Client client = connect();
        for (int i = 0; i < 11; i++) {
            send(client);
            clock.advance(Duration.ofSeconds(1));
            look();
        }

        assertThat(client.channel().isOpen()).isFalse();
    }

    @Test
    void soIsABodyThatNeverEndsAfterTheAnswer() {
        Client client = connect();
        client.connection().asks();
        client.connection().answered();
        for (int i = 0; i < 11; i++) {
            send(client);
            clock.advance(Duration.ofSeconds(1));
            look();
        }

        assertThat(client.channel().isOpen()).isFalse();
    }

    @Test
    void aConnectionMayRestBetweenScrapes() {
        Client client = connect();
        client.connection().asks();
        client.connection().answered();

        clock.advance(ClientConnection.BETWEEN_REQUESTS);
        look();
        assertThat(client.channel().isOpen()).isTrue();

        clock.advance(MOMENT);
        look();
        assertThat(client.channel().isOpen()).isFalse();
    }

    @Test
    void whoTakesNothingForLongIsCutOff() {
        Client client = connect();
        client.connection().asks();
        answer(client, 1000);
        client.connection().answered();
        look();

        clock.advance(ClientConnection.FOR_AN_ANSWER.plus(MOMENT));
        look();

        assertThat(client.channel().isOpen()).isFalse();
    }

    @Test
    void aViewerStaysForAsLongAsItReads() {
        Client client = connect();
        client.connection().asks();
        client.connection().answersWithoutEnd();

        for (int i = 0; i < 300; i++) {
            clock.advance(Duration.ofSeconds(1));
            look();
        }
        assertThat(client.channel().isOpen()).isTrue();

        answer(client, 1);
        look();
        clock.advance(ClientConnection.FOR_AN_ANSWER.plus(MOMENT));
        look();
        assertThat(client.channel().isOpen()).isFalse();
    }

    @Test
    void oneTooManyTakesThePlaceOfTheOneThatDidNothingForLongest() {
        Client first = connect();
        clock.advance(MOMENT);
        Client idle = connect();
        clock.advance(MOMENT);
        first.connection().asks();
        for (int i = open.count(); i < OpenConnections.MOST; i++) {
            clock.advance(MOMENT);
            assertThat(connect().channel().isOpen()).isTrue();
        }

        Client last = connect();

        assertThat(open.count()).isEqualTo(OpenConnections.MOST);
        assertThat(idle.channel().isOpen()).isFalse();
        assertThat(first.channel().isOpen()).isTrue();
        assertThat(last.channel().isOpen()).isTrue();
    }

    @Test
    void answersThatNobodyTakesMakeRoomForOthers() {
        Client slow = connect();
        slow.connection().asks();
        answer(slow, (int) OpenConnections.MOST_UNTAKEN - 1000);
        clock.advance(MOMENT);
        Client other = connect();
        other.connection().asks();

        open.makeRoomFor(100);
        assertThat(slow.channel().isOpen()).isTrue();

        open.makeRoomFor(2000);
        assertThat(slow.channel().isOpen()).isFalse();
        assertThat(other.channel().isOpen()).isTrue();
    }

    @Test
    void aConnectionThatEndsIsForgotten() {
        Client client = connect();
        assertThat(open.count()).isOne();

        client.channel().close();

        assertThat(open.count()).isZero();
    }
}

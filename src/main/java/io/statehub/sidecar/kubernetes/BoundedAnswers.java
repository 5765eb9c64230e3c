package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Gives an answer up that is larger than this process could hold: the client collects the whole of it before anybody
 * reads a word, and a server with no end to what it says would end the process. It is read no further.
 */
final class BoundedAnswers implements Interceptor {

    private static final String NAME = "state-hub-bounded-answers";

    /** Read, an answer takes several times its bytes, and there may be one for each of a few watches at once. */
    private static final int PART_OF_THE_HEAP = 16;

    private final long most;

    /**
     * Bounds them by the heap.
     *
     * @param heap the most that it may grow to, in bytes
     */
    BoundedAnswers(long heap) {
        this.most = most(heap);
    }

    /** How many bytes of one answer, or of one message of a watch, this process could hold. */
    static long most(long heap) {
        return heap / PART_OF_THE_HEAP;
    }

    /** Bounds the answers to a client that is being made. */
    void bound(HttpClient.Builder client) {
        client.addOrReplaceInterceptor(NAME, this);
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> next, HttpRequest request) {
        return new Counted(next);
    }

    private final class Counted implements AsyncBody.Consumer<List<ByteBuffer>> {

        private final AsyncBody.Consumer<List<ByteBuffer>> next;
        private long bytes;

        private Counted(AsyncBody.Consumer<List<ByteBuffer>> next) {
            this.next = next;
        }

        @Override
        public void consume(List<ByteBuffer> part, AsyncBody body) throws Exception {
            for (ByteBuffer buffer : part) {
                bytes += buffer.remaining();
            }
            if (bytes > most) {
                throw new IOException("an answer of more than %d bytes".formatted(most));
            }
            next.consume(part, body);
        }

        @Override
        public <U> U unwrap(Class<U> target) {
            return next.unwrap(target);
        }
    }
}

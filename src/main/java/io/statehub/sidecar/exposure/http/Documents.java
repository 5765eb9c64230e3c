package io.statehub.sidecar.exposure.http;

import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.time.Moment;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Each document is made at most once for a snapshot and once in a while, however many ask for it, on one thread beside
 * those that serve: what a client asks for costs the others nothing but its bytes. While the next is made, the last is
 * served for as long as it may still be: of many that ask, only the first after a while waits for one to be made.
 */
@Singleton
public class Documents {

    /** What is served is younger than this; for so long, figures that grow with the clock are taken as unchanged. */
    static final Duration SERVED_FOR = Duration.ofMillis(250);

    /**
     * The page, what changes of it, status, metrics in two forms and the newest failovers, with room for a few more.
     */
    static final int MOST_KEPT = 12;

    private final Snapshots snapshots;
    private final WorkerExecutor maker;

    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Made(AgentSnapshot from, Moment at, Buffer content) {}

    /** One document: the last that was made, and the next if it is being made. */
    private static final class Kept {

        private @Nullable Made last;
        private @Nullable Future<Made> next;
    }

    Documents(Snapshots snapshots, Vertx vertx) {
        this.snapshots = snapshots;
        this.maker = vertx.createSharedWorkerExecutor("documents", 1);
    }

    /** The content, as of now or of the quarter of a second before. */
    public Future<Buffer> plain(Document document) {
        return served(kept(document.key()), () -> make(document)).map(Made::content);
    }

    /** The same, compressed. */
    Future<Buffer> compressed(Document document) {
        return served(
                        kept(document.key() + ";gzip"),
                        () -> current(kept(document.key()), () -> make(document))
                                .compose(this::compress))
                .map(Made::content);
    }

    private synchronized Kept kept(String key) {
        return kept.computeIfAbsent(key, unknown -> new Kept());
    }

    /** The last one while the next is made, if it isn't too old for that. */
    private synchronized Future<Made> served(Kept document, Supplier<Future<Made>> making) {
        Future<Made> current = current(document, making);
        Made last = document.last;
        return last != null && mayBeServed(last) ? Future.succeededFuture(last) : current;
    }

    /** What is being made will be of a snapshot that is no older than now. */
    @SuppressWarnings("ReferenceEquality") // the very snapshot, and no comparison of all that it holds
    private synchronized Future<Made> current(Kept document, Supplier<Future<Made>> making) {
        Made last = document.last;
        if (last != null && last.from() == snapshots.current() && mayBeServed(last)) {
            return Future.succeededFuture(last);
        }
        Future<Made> next = document.next;
        if (next == null) {
            next = making.get();
            document.next = next;
            next.onComplete(made -> keep(document, made));
        }
        return next;
    }

    private synchronized void keep(Kept document, AsyncResult<Made> made) {
        document.next = null;
        if (made.succeeded()) {
            document.last = made.result();
        }
    }

    private boolean mayBeServed(Made made) {
        return snapshots.now().since(made.at()).compareTo(SERVED_FOR) < 0;
    }

    private Future<Made> make(Document document) {
        return maker.executeBlocking(() -> {
            AgentSnapshot snapshot = snapshots.current();
            Moment now = snapshots.now();
            return new Made(snapshot, now, Buffer.buffer(document.content().apply(snapshot)));
        });
    }

    private Future<Made> compress(Made made) {
        return maker.executeBlocking(() -> new Made(made.from(), made.at(), Buffer.buffer(gzip(made.content()))));
    }

    private static byte[] gzip(Buffer content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(content.length() / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written to it", e);
        }
        return compressed.toByteArray();
    }
}

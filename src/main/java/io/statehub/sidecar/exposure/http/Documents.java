package io.statehub.sidecar.exposure.http;

import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.time.Moment;
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
import java.util.zip.GZIPOutputStream;

/**
 * Each document is made at most once for a snapshot and once in a while, however many ask for it, on one thread beside
 * those that serve: what a client asks for costs the others nothing but its bytes.
 */
@Singleton
public class Documents {

    /** For so long the figures that grow with the clock, such as ages, are taken as unchanged. */
    static final Duration MADE_ANEW_AFTER = Duration.ofMillis(250);

    /**
     * The page, what changes of it, status, metrics in two forms and the newest failovers, with room for a few more.
     */
    static final int MOST_KEPT = 12;

    private final Snapshots snapshots;
    private final WorkerExecutor maker;

    private final Map<String, Future<Made>> latest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Future<Made>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Made(AgentSnapshot from, Moment at, Buffer content) {}

    Documents(Snapshots snapshots, Vertx vertx) {
        this.snapshots = snapshots;
        this.maker = vertx.createSharedWorkerExecutor("documents", 1);
    }

    /** The content, as of now. */
    public Future<Buffer> plain(Document document) {
        return made(document).map(Made::content);
    }

    /** The same, compressed. */
    Future<Buffer> compressed(Document document) {
        Future<Made> plain = made(document);
        String key = document.key() + ";gzip";
        Future<Made> compressed;
        synchronized (latest) {
            compressed = latest.get(key);
            if (compressed == null || !holds(compressed)) {
                compressed = plain.compose(made -> maker.executeBlocking(
                        () -> new Made(made.from(), made.at(), Buffer.buffer(gzip(made.content())))));
                latest.put(key, compressed);
            }
        }
        return compressed.map(Made::content);
    }

    private Future<Made> made(Document document) {
        synchronized (latest) {
            Future<Made> last = latest.get(document.key());
            if (last == null || !holds(last)) {
                last = maker.executeBlocking(() -> {
                    AgentSnapshot snapshot = snapshots.current();
                    Moment now = snapshots.now();
                    return new Made(
                            snapshot, now, Buffer.buffer(document.content().apply(snapshot)));
                });
                latest.put(document.key(), last);
            }
            return last;
        }
    }

    /** What is being made will be of a snapshot that is no older than now. */
    @SuppressWarnings("ReferenceEquality") // the very snapshot, and no comparison of all that it holds
    private boolean holds(Future<Made> made) {
        if (!made.isComplete()) {
            return true;
        }
        return made.succeeded()
                && made.result().from() == snapshots.current()
                && snapshots.now().since(made.result().at()).compareTo(MADE_ANEW_AFTER) < 0;
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

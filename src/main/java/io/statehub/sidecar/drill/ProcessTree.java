package io.statehub.sidecar.drill;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process that was started here, with all that it started and that did not leave it. */
public final class ProcessTree {

    private ProcessTree() {}

    /**
     * Asks each of them to end, waits, and ends by force what is still there. The root comes first: a shell whose child
     * ends before it does continues with its next command, and may end as if nothing had happened.
     *
     * @param patience how long they may take; by force at once if it is zero
     */
    public static void end(Process root, Duration patience) {
        List<ProcessHandle> tree =
                Stream.concat(Stream.of(root.toHandle()), root.descendants()).toList();
        if (!patience.isZero()) {
            tree.forEach(ProcessHandle::destroy);
            await(tree, patience);
        }
        // What was started meanwhile, too, also by what has outlived the root.
        List<ProcessHandle> startedSince =
                tree.stream().flatMap(ProcessHandle::descendants).toList();
        Stream.concat(tree.stream(), startedSince.stream()).forEach(ProcessHandle::destroyForcibly);
    }

    private static void await(List<ProcessHandle> tree, Duration patience) {
        try {
            CompletableFuture.allOf(tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stillThere) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.system.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** How a lab ends: its servers together, then what they needed, then its directory. */
final class LabEnd {

    private static final Duration DELETED = Duration.ofSeconds(30);

    private LabEnd() {}

    /**
     * Closes everything, whatever fails, and throws the first failure at the end.
     *
     * @param then what must outlive the servers
     */
    static <T> void of(Collection<T> servers, Consumer<? super T> close, Runnable then, Path directory) {
        List<RuntimeException> failures = new CopyOnWriteArrayList<>();
        servers.parallelStream().forEach(server -> {
            try {
                close.accept(server);
            } catch (RuntimeException failure) {
                // The others must go as well.
                failures.add(failure);
            }
        });
        then.run();
        // A server that was being created meanwhile may still write; its process fails with its directory.
        Waiting.require(directory + " deleted", DELETED, () -> delete(directory), failures::toString);
        failures.stream().findFirst().ifPresent(failure -> {
            throw failure;
        });
    }

    private static boolean delete(Path directory) {
        try {
            FileTree.delete(directory);
            return true;
        } catch (IOException somebodyStillWrites) {
            return false;
        }
    }
}

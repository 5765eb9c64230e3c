package io.statehub.sidecar.testing.lab;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one lab that the tests of a JVM share: a primary and two standbys, which take seconds to start and a moment to be
 * brought back. A test that needs another arrangement makes it of these (a cascade, a stranger, TLS, synchronous
 * commits), and leaves it as it is: whoever asks next gets what a new lab would be.
 */
public final class SharedLab {

    private static final Logger LOG = Logger.getLogger(SharedLab.class);
    private static @Nullable PostgresLab lab;

    private SharedLab() {}

    /**
     * The lab as if it had just been started: {@code pg-1} is the primary, {@code pg-2} and {@code pg-3} stream from
     * it, nothing is cut off, and the database and roles are new. Timelines continue from where they were. Nobody else
     * may use it meanwhile, and nobody needs to close it: it ends with the JVM.
     */
    public static synchronized PostgresLab asNew() {
        PostgresLab current = lab;
        if (current != null && !current.isClosed()) {
            try {
                new LabRenewal(current).run();
                return current;
            } catch (LabException beyondRepair) {
                LOG.warn("the shared lab can't be brought back: a new one takes its place", beyondRepair);
                current.close();
            }
        }
        PostgresLab started = PostgresLab.start(LabOptions.defaults());
        lab = started;
        return started;
    }
}

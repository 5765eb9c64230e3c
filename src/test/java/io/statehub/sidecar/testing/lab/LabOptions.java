package io.statehub.sidecar.testing.lab;

/**
 * What a lab starts with.
 *
 * @param standbys how many servers follow the primary, 0 to 6 (slots and senders of a server are limited to 10)
 * @param synchronous whether a commit on the primary waits for one standby
 * @param tls whether the servers also take encrypted connections, with certificates of the lab's own
 */
public record LabOptions(int standbys, boolean synchronous, boolean tls) {

    private static final int MOST_STANDBYS = 6;

    public LabOptions {
        if (standbys < 0 || standbys > MOST_STANDBYS) {
            throw new IllegalArgumentException(
                    "standbys is %d, allowed are 0 to %d".formatted(standbys, MOST_STANDBYS));
        }
    }

    /** One primary and two asynchronous standbys. */
    public static LabOptions defaults() {
        return new LabOptions(2, false, false);
    }

    public LabOptions withStandbys(int count) {
        return new LabOptions(count, synchronous, tls);
    }

    public LabOptions withSynchronous() {
        return new LabOptions(standbys, true, tls);
    }

    public LabOptions withTls() {
        return new LabOptions(standbys, synchronous, true);
    }
}

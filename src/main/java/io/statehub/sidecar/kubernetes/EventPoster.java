package io.statehub.sidecar.kubernetes;

import java.util.Optional;

/** Tells Kubernetes what happened. Never blocks, never throws. */
@FunctionalInterface
public interface EventPoster {

    /**
     * Something to be told.
     *
     * @param reason one word in upper camel case, such as {@code FailoverStarted}
     * @param key tells it from others of the same reason; the same for whoever tells the same
     * @param warning whether somebody should look
     * @param uid that of the cluster, if it is known
     */
    record EventDraft(String reason, String key, boolean warning, String message, Optional<String> uid) {}

    /** Posts it soon, or drops it if there were too many. */
    void post(EventDraft draft);
}

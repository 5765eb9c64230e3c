package io.statehub.sidecar.journal.file;

import jakarta.json.JsonObject;

/** Takes the lines that are found in a directory: the checkpoint first, then the others, newest first. */
public interface LineSink {

    /** Whether one more line of this kind is wanted; else it is passed over, unread. */
    boolean wants(LineKind kind);

    /**
     * Takes a line that is whole.
     *
     * @throws RuntimeException if it makes no sense: then it is set aside, and the next one is tried
     */
    void take(LineKind kind, JsonObject line);
}

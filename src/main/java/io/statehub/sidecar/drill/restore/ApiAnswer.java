package io.statehub.sidecar.drill.restore;

/**
 * What an API on the restored database said to one request.
 *
 * @param path that was asked
 * @param sound whether it is an answer as the settings expect it
 * @param what the status, or why it is none
 */
public record ApiAnswer(String path, boolean sound, String what) {}

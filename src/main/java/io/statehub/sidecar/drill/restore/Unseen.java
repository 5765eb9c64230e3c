package io.statehub.sidecar.drill.restore;

/**
 * Something other than rows that should have been read and could not be.
 *
 * @param subject what it is, for people
 */
public record Unseen(String subject, String reason) {}

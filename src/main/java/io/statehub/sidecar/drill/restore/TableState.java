package io.statehub.sidecar.drill.restore;

/**
 * The rows of one table.
 *
 * @param name schema and name, quoted as SQL takes them
 * @param unlogged whether a crash, and so a physical restore, leaves it empty
 */
public record TableState(String name, boolean unlogged, TableRows rows) {}

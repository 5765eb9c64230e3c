package io.statehub.sidecar.drill.restore.server;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What reading may take of a server.
 *
 * @param jobs sessions that read at once, from 1
 * @param bytesPerSecond most bytes of tables that are read in a second by all of them; empty for no limit
 * @param statementTimeout for each statement, which reads 64 MiB at most; from 1 s
 * @param lockTimeout for which a table's lock is waited; from 1 ms, and no longer than {@code statementTimeout}
 * @param retries how often a piece of work is tried again after a conflict with recovery
 * @param records most rows of a table that are recorded one by one, from 0
 */
public record ReadingLimits(
        int jobs,
        OptionalLong bytesPerSecond,
        Duration statementTimeout,
        Duration lockTimeout,
        int retries,
        int records) {}

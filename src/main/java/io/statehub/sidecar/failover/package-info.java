/**
 * From rounds of observations to failovers with their measures. Pure: a step is a function of what was believed before and
 * of what was seen; nothing here waits, logs, reads a clock or keeps state.
 */
@NullMarked
package io.statehub.sidecar.failover;

import org.jspecify.annotations.NullMarked;

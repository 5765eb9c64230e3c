/**
 * I/O in, observations out. A probe asks one target and reports what it saw; it decides nothing, and a target's fault
 * is data, never an exception.
 */
@NullMarked
package io.statehub.sidecar.probe;

import org.jspecify.annotations.NullMarked;

/**
 * {@code ./mvnw -Pbenchmark}: what the packaged sidecar takes to start, to run and to ask, measured on this machine's
 * loopback.
 */
@NullMarked
package io.statehub.sidecar.testing.benchmark;

import org.jspecify.annotations.NullMarked;

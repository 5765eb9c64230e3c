/** Prometheus metrics: one catalogue of names, one collector that reads the snapshot, one meter of the probes. */
@NullMarked
package io.statehub.sidecar.exposure.metrics;

import org.jspecify.annotations.NullMarked;

/** Probes of PostgreSQL servers: one connection a target, each statement beside the mapping of its rows. */
@NullMarked
package io.statehub.sidecar.probe.postgres;

import org.jspecify.annotations.NullMarked;

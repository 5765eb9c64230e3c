/**
 * A real PostgreSQL cluster, a stand-in API and the packaged sidecar on this machine, with every fault that the sidecar
 * must tell apart: used by the integration tests and, by hand, through {@code ./mvnw -Plab}.
 */
@NullMarked
package io.statehub.sidecar.testing.lab;

import org.jspecify.annotations.NullMarked;

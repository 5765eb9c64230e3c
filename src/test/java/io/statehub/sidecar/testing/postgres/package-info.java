/** A server that speaks the protocol of PostgreSQL and lies, written from the protocol's documentation. */
@NullMarked
package io.statehub.sidecar.testing.postgres;

import org.jspecify.annotations.NullMarked;

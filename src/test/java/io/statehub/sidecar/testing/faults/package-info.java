/** Faults of everything that a sidecar talks to, on real sockets, that can be switched while it runs. */
@NullMarked
package io.statehub.sidecar.testing.faults;

import org.jspecify.annotations.NullMarked;

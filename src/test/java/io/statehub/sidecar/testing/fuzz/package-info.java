/** Inputs at random, each of which can be made again alone. */
@NullMarked
package io.statehub.sidecar.testing.fuzz;

import org.jspecify.annotations.NullMarked;

/** Drills: what is done on purpose to show what a fault would cost. Started as commands alone, never beside the API. */
@NullMarked
package io.statehub.sidecar.drill;

import org.jspecify.annotations.NullMarked;

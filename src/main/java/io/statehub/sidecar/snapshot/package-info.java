/** The current snapshot: how one follows from the last, and all that a reader may know. */
@NullMarked
package io.statehub.sidecar.snapshot;

import org.jspecify.annotations.NullMarked;

/** The process: it starts, serves until it is told to stop, and says plainly why it can't. */
@NullMarked
package io.statehub.sidecar;

import org.jspecify.annotations.NullMarked;

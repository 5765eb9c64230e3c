/**
 * The health endpoints. Each answer is read from the snapshot on the event loop: none opens a connection or waits, so
 * they answer at once whatever the targets do.
 */
@NullMarked
package io.statehub.sidecar.exposure.health;

import org.jspecify.annotations.NullMarked;

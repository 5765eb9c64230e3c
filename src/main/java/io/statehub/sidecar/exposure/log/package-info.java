/** Log lines: one for each change, none for a tick. */
@NullMarked
package io.statehub.sidecar.exposure.log;

import org.jspecify.annotations.NullMarked;

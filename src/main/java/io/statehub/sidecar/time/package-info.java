/** Points in time, and the one place that asks the machine's clocks. */
@NullMarked
package io.statehub.sidecar.time;

import org.jspecify.annotations.NullMarked;

/** What causes the fault of a drill, and takes back what must be taken back. */
@NullMarked
package io.statehub.sidecar.drill.trigger;

import org.jspecify.annotations.NullMarked;

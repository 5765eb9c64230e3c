/** Whether what was proved allows the last step that can't be taken back. Pure. */
@NullMarked
package io.statehub.sidecar.gate;

import org.jspecify.annotations.NullMarked;

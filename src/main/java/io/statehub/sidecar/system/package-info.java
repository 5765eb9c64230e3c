/** Files of the operating system: why it refuses one, in words, and a folder removed with all in it. */
@NullMarked
package io.statehub.sidecar.system;

import org.jspecify.annotations.NullMarked;

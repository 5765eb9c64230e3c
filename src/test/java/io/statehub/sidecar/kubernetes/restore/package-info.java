/** A restore drill on a server that keeps objects. */
@NullMarked
package io.statehub.sidecar.kubernetes.restore;

import org.jspecify.annotations.NullMarked;

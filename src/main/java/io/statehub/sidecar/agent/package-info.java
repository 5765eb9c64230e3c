/** Composition and loops: makes the parts, keeps them going, and stops them with the process. */
@NullMarked
package io.statehub.sidecar.agent;

import org.jspecify.annotations.NullMarked;

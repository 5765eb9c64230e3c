/** What the endpoints answer, scene by scene. */
@NullMarked
package io.statehub.sidecar.exposure;

import org.jspecify.annotations.NullMarked;

/** The one way to the JSON library. */
@NullMarked
package io.statehub.sidecar.json;

import org.jspecify.annotations.NullMarked;

/** The packaged application against real servers: what an operator would see. */
@NullMarked
package io.statehub.sidecar.it;

import org.jspecify.annotations.NullMarked;

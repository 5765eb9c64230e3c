/** The only mutable core: rounds come in, one immutable snapshot at a time goes out. */
@NullMarked
package io.statehub.sidecar.agent;

import org.jspecify.annotations.NullMarked;

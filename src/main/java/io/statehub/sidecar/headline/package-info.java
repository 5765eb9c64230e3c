/** One sentence on how everything is, made from the assessment and the failover tracker; pure. */
@NullMarked
package io.statehub.sidecar.headline;

import org.jspecify.annotations.NullMarked;

/**
 * Facts: what a probe saw of one target at one moment. Immutable records of JDK types that decide nothing.
 */
@NullMarked
package io.statehub.sidecar.observation;

import org.jspecify.annotations.NullMarked;

/** Tells Kubernetes what happened, in its own words. */
@NullMarked
package io.statehub.sidecar.exposure.events;

import org.jspecify.annotations.NullMarked;

/**
 * What Kubernetes knows: watches in, observations out, like a probe. Also the lease by which one of several sidecars
 * leads, and the events that it posts. Nothing here decides, and no fault of the API server leaves this package but as
 * data.
 */
@NullMarked
package io.statehub.sidecar.kubernetes;

import org.jspecify.annotations.NullMarked;

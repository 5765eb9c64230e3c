/**
 * A restore drill on Kubernetes: a cluster recovered from the object store beside the live one, looked at, and taken
 * away again.
 */
@NullMarked
package io.statehub.sidecar.kubernetes.restore;

import org.jspecify.annotations.NullMarked;

/** Stand-ins for Kubernetes: objects of the shapes that it really has, and API servers that keep them or fail. */
@NullMarked
package io.statehub.sidecar.testing.kubernetes;

import org.jspecify.annotations.NullMarked;

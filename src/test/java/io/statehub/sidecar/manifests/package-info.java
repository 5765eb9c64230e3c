/** What is applied to a cluster, as it is rendered. */
@NullMarked
package io.statehub.sidecar.manifests;

import org.jspecify.annotations.NullMarked;

/**
 * What Kubernetes says of nodes, operator, backups and storage, read from its objects and reduced to what is judged.
 */
@NullMarked
package io.statehub.sidecar.observation.kubernetes;

import org.jspecify.annotations.NullMarked;

/** What metrics, JSON and log tell alike of an incident. */
@NullMarked
package io.statehub.sidecar.exposure.incident;

import org.jspecify.annotations.NullMarked;

/** Prometheus and Alertmanager themselves, as Debian packages them. */
@NullMarked
package io.statehub.sidecar.testing.prometheus;

import org.jspecify.annotations.NullMarked;

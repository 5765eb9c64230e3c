/** Prometheus and Alertmanager themselves, where Debian's packages are installed. */
@NullMarked
package io.statehub.sidecar.testing.prometheus;

import org.jspecify.annotations.NullMarked;

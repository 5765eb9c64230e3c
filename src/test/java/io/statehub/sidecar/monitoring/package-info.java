/** What is made of the metrics: rules, their tests, dashboards, and Prometheus itself. */
@NullMarked
package io.statehub.sidecar.monitoring;

import org.jspecify.annotations.NullMarked;

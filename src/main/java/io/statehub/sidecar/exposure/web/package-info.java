/** What is served over HTTP beside health and metrics: plain routes, read from the snapshot. */
@NullMarked
package io.statehub.sidecar.exposure.web;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.statehub.sidecar.probe.api;

import org.jspecify.annotations.NullMarked;

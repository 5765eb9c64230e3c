/** The API drill: plan, what was seen, verdict and report are pure; the drill itself does the rest. */
@NullMarked
package io.statehub.sidecar.drill.api;

import org.jspecify.annotations.NullMarked;

/** The failover drill: plan, what was seen, comparison, verdict and report are pure; the drill itself does the rest. */
@NullMarked
package io.statehub.sidecar.drill.failover;

import org.jspecify.annotations.NullMarked;

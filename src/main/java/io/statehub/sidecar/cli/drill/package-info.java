/** Commands that run drills. */
@NullMarked
package io.statehub.sidecar.cli.drill;

import org.jspecify.annotations.NullMarked;
